package io.pando.test.soak;

import java.time.Duration;

/** A process beside servers and the clients that mean well, which gets what these leave of the processors ({@link Leftovers}). */
interface Company extends AutoCloseable {
    long pid();

    /** Connections to servers that it holds open now. */
    int open();

    /** How long it has kept processors busy so far. */
    default Duration processorTime() {
        return Vitals.processorTime(pid());
    }

    /** Ends it at once. */
    @Override
    void close();
}
