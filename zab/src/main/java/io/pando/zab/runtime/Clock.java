package io.pando.zab.runtime;

/** What time it is for one server. Any thread. */
public interface Clock {

    /** The clock of the machine. */
    Clock OF_THE_MACHINE = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long wallMs() {
            return System.currentTimeMillis();
        }
    };

    /** Nanoseconds of a clock that never goes back; only differences mean something. */
    long nanoTime();

    /** Milliseconds since 1970, of a clock that somebody may set. */
    long wallMs();

    /** {@link #nanoTime} in milliseconds. */
    default long monotonicMs() {
        return nanoTime() / 1_000_000;
    }
}
