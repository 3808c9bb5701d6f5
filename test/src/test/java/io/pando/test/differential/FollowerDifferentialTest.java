package io.pando.test.differential;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random sequences answered alike by a follower, which asks its leader, and by Apache ZooKeeper, which is alone. */
class FollowerDifferentialTest {
    private static final int SEEDS = 10;

    private static ServerProcess original;
    private static Ensemble tested;

    @BeforeAll
    static void startBoth() throws IOException {
        original = ServerProcess.start(Target.ZOOKEEPER, Comparison.SETTINGS);
        tested = Ensemble.of(3).withAll(Comparison.SETTINGS).start(Target.current());
    }

    @AfterAll
    static void stopBoth() {
        original.close();
        tested.close();
    }

    @Test
    void any_sequence_of_requests_is_answered_by_a_follower_as_by_zookeeper() throws IOException {
        int port = tested.followers().getFirst().port();
        String name = "a follower of " + Target.current().name();
        new Comparison("FollowerDifferentialTest", original.port(), name, port).assertAlike(SEEDS);
    }
}
