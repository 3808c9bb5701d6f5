package io.pando.test.differential;

import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random sequences answered alike by the server under test and by Apache ZooKeeper. */
class DifferentialTest {
    private static final int SEEDS = 100;

    private static ServerProcess original;
    private static ServerProcess tested;

    @BeforeAll
    static void startBoth() throws IOException {
        original = ServerProcess.start(Target.ZOOKEEPER, Comparison.SETTINGS);
        tested = ServerProcess.start(Target.current(), Comparison.SETTINGS);
    }

    @AfterAll
    static void stopBoth() {
        original.close();
        tested.close();
    }

    @Test
    void any_sequence_of_requests_is_answered_as_by_zookeeper() throws IOException {
        new Comparison("DifferentialTest", original.port(), tested.target().name(), tested.port()).assertAlike(SEEDS);
    }
}
