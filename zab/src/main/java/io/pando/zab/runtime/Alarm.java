package io.pando.zab.runtime;

/** Rings the doorbell in time for the core's next deadline. Set by the core thread, rings on any. */
final class Alarm {
    private final Runnable doorbell;
    private final Timer timer;
    private long setFor = Long.MAX_VALUE;

    Alarm(Timer timer, Runnable doorbell) {
        this.timer = timer;
        this.doorbell = doorbell;
    }

    /** One that is set for earlier stays set: a ring too many does no harm. */
    void setFor(long deadlineNanos, long nowNanos) {
        if (setFor <= nowNanos) {
            setFor = Long.MAX_VALUE; // that one has rung
        }
        if (deadlineNanos < setFor) {
            setFor = deadlineNanos;
            timer.in(Math.max(0, deadlineNanos - nowNanos), doorbell);
        }
    }
}
