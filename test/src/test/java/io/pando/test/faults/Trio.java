package io.pando.test.faults;

import io.pando.test.harness.Ensemble;

/** The ensemble of these tests: three servers, with short ticks so that sessions may be short and end in time. */
final class Trio {
    static final int TICK_MS = 500;

    /** So many faults of a kind, one after the other. */
    static final int ROUNDS = Integer.getInteger("pando.faults.rounds", 1);

    private Trio() {}

    static Ensemble.Plan plan() {
        return Ensemble.of(3).with("tickTime", Integer.toString(TICK_MS));
    }
}
