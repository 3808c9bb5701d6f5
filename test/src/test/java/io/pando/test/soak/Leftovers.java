package io.pando.test.soak;

import io.pando.test.bench.target.Installation;
import java.io.IOException;
import java.util.ArrayList;
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

    private static List<String> prefix() {
        return CAN_BE_IDLE ? List.of("chrt", "--idle", "0") : List.of("nice", "-n", "19");
    }

    /** How that is reached here. */
    static String description() {
        return CAN_BE_IDLE ? "SCHED_IDLE" : "lowest priority";
    }

    /** Starts the {@code main} of a class of ours in a process that gets no more. What it prints is for its caller to read. */
    static Process java(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.add(Installation.jdk("java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
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
