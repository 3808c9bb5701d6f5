package io.pando.test.recipes.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.recipes.examples.ConfigTreeExample;
import io.pando.recipes.examples.MembershipExample;
import io.pando.test.harness.SharedServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples do what their pages say. */
class DataExamplesTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void the_two_databases_are_swapped_at_once() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();

        ConfigTreeExample.run(SERVER.process().connectString() + SERVER.root(), said::add);

        assertEquals("The service begins with db1 and db2", said.get(0));
        assertEquals("The service goes on with db2 and db1", said.get(1));
        assertTrue(said.contains("Calls may take 1500 ms now"), said.toString());
    }

    @Test
    void workers_share_the_jobs_among_those_who_are_there() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();

        MembershipExample.run(SERVER.process().connectString() + SERVER.root(), said::add);

        assertEquals(
                List.of(
                        "Alone, worker-1 does [0, 1, 2, 3, 4, 5]",
                        "In two, worker-1 does [0, 2, 4] and worker-2 does [1, 3, 5]",
                        "Alone again, worker-1 does [0, 1, 2, 3, 4, 5]"),
                said);
    }
}
