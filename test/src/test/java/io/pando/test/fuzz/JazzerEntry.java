package io.pando.test.fuzz;

import io.pando.zab.disk.QuietLog;

/** What Jazzer calls, by these very names, in a process of its own: its one argument names the decoder. */
public final class JazzerEntry {
    private static final class State {
        private static final ThreadLocal<Trial> TRIAL = new ThreadLocal<>();
    }

    private JazzerEntry() {}

    public static void fuzzerInitialize(String[] arguments) {
        new QuietLog("io.pando");
        State.TRIAL.set(new Trial(Decoders.named(arguments[0])));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        State.TRIAL.get().of(input);
    }
}
