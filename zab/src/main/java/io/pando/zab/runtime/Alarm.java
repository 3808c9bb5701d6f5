package io.pando.zab.runtime;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Rings the doorbell in time for the core's next deadline. Set by the core thread, rings on its own, {@code zab-alarm}. */
final class Alarm implements AutoCloseable {
    private final Runnable doorbell;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "zab-alarm");
        thread.setDaemon(true);
        return thread;
    });
    private long setFor = Long.MAX_VALUE;

    Alarm(Runnable doorbell) {
        this.doorbell = doorbell;
    }

    /** One that is set for earlier stays set: a ring too many does no harm. */
    void setFor(long deadlineNanos, long nowNanos) {
        if (setFor <= nowNanos) {
            setFor = Long.MAX_VALUE; // that one has rung
        }
        if (deadlineNanos < setFor) {
            setFor = deadlineNanos;
            clock.schedule(doorbell, Math.max(0, deadlineNanos - nowNanos), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
