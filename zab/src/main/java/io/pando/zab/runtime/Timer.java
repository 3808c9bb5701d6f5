package io.pando.zab.runtime;

/** Runs something later. */
public interface Timer {

    /** Runs {@code action} when so many nanoseconds have passed, 0 or more, on a thread that it must not hold up. */
    void in(long nanos, Runnable action);
}
