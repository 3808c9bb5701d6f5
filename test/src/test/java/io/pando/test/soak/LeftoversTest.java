package io.pando.test.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final String SCHED_IDLE = "5";
    private static final int POLICY = 41; // in proc(5), of /proc/PID/stat

    @Test
    void a_process_gets_only_what_others_leave_from_its_start() throws IOException {
        assumeTrue(Leftovers.description().equals("SCHED_IDLE"));

        try (Spinning spinning = Spinning.start()) {
            Await.until("it runs at all", () -> spinning.processorTime().toMillis() > 0);

            assertEquals(SCHED_IDLE, policyOf(spinning.pid()));
        }
    }

    private static String policyOf(long pid) throws IOException {
        String[] behindName = Files.readString(Path.of("/proc/" + pid + "/stat"))
                .split("\\) ", -1)[1]
                .split(" ", -1);
        return behindName[POLICY - 3];
    }
}
