package io.pando.test.soak;

import java.io.IOException;
import java.util.List;

/**
 * A process that keeps every processor busy and touches no server: what calls take beside it is what this machine makes of them once it is never idle.
 */
final class Spinning implements Company {
    private final Process process;

    private Spinning(Process process) {
        this.process = process;
    }

    /** Begins at once, and goes on until it is closed or whoever started it is gone. */
    static Spinning start() throws IOException {
        return new Spinning(Leftovers.java(Spinning.class, List.of()));
    }

    /** What runs in the process. */
    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofPlatform().daemon().start(Spinning::spin);
        }
        while (System.in.read() >= 0) {}
    }

    private static void spin() {
        while (true) Thread.onSpinWait();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int open() {
        return 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
