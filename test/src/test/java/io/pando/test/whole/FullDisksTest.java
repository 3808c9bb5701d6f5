package io.pando.test.whole;

import io.pando.zab.disk.QuietLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FullDisksTest {
    private static final int SEEDS = 10;

    private final QuietLog quiet = new QuietLog("io.pando");

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_client_ends_its_session_when_its_writes_are_refused_for_want_of_room() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            FullDisks.run(seed);
        }
    }
}
