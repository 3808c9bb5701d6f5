package io.pando.test.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final String SCHED_IDLE = "5";
    private static final int POLICY = 41; // in proc(5), of /proc/PID/stat

    @Test
    void a_process_gets_only_what_others_leave_from_its_start_or_from_when_it_is_told() throws IOException {
        assumeTrue(Leftovers.description().equals("SCHED_IDLE"));
        List<String> command = new ArrayList<>(Leftovers.prefix());
        command.addAll(List.of("cat")); // which waits for input
        Process told = new ProcessBuilder("cat").start();
        Process started = new ProcessBuilder(command).start();
        try {
            Leftovers.areAllThatGets(told.pid());

            assertEquals(SCHED_IDLE, policyOf(told));
            answer(started); // by then it is what it becomes
            assertEquals(SCHED_IDLE, policyOf(started));
        } finally {
            told.destroyForcibly();
            started.destroyForcibly();
        }
    }

    private static void answer(Process cat) throws IOException {
        cat.getOutputStream().write('?');
        cat.getOutputStream().flush();
        assertEquals('?', cat.getInputStream().read());
    }

    private static String policyOf(Process process) throws IOException {
        String[] behindName = Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                .split("\\) ", -1)[1]
                .split(" ", -1);
        return behindName[POLICY - 3];
    }
}
