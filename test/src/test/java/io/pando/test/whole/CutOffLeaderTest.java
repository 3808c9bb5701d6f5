package io.pando.test.whole;

import io.pando.zab.disk.QuietLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutOffLeaderTest {
    private static final int SEEDS = 20;

    private final QuietLog quiet = new QuietLog("io.pando");

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_session_that_is_heard_of_elsewhere_outlives_the_time_in_which_its_leader_is_cut_off() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            CutOffLeader.run(seed);
        }
    }
}
