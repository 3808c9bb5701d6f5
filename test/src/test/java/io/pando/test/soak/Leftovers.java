package io.pando.test.soak;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets processes have only the processor time that others leave: elsewhere they have machines of their own.
 *
 * <p>The lowest priority ({@code nice}) is not enough for that: Linux lets whoever runs go on for some milliseconds, however little its priority entitles it to,
 * before whoever was woken gets to run. One of the policy SCHED_IDLE makes room at once.
 */
final class Leftovers {
    private static final int PATIENCE_SECONDS = 10;

    /** Linux has it with util-linux, unless somebody forbids it. */
    private static final boolean CAN_BE_IDLE = succeeds(List.of("chrt", "--idle", "0", "true"));

    private Leftovers() {}

    /** What makes a command one that gets no more, put before it. */
    static List<String> prefix() {
        return CAN_BE_IDLE ? List.of("chrt", "--idle", "0") : List.of("nice", "-n", "19");
    }

    /** How that is reached here. */
    static String description() {
        return CAN_BE_IDLE ? "SCHED_IDLE" : "lowest priority";
    }

    /** Gives a process that runs already no more from now on. */
    static void areAllThatGets(long pid) throws IOException {
        String process = Long.toString(pid);
        List<String> command = CAN_BE_IDLE
                ? List.of("chrt", "--all-tasks", "--idle", "--pid", "0", process)
                : List.of("renice", "-n", "19", "-p", process);
        if (!succeeds(command)) throw new IOException(String.join(" ", command) + " does not do it");
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException unknown) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
