package io.pando.zab.transport;

import java.util.concurrent.TimeUnit;

/** Spreads bytes over time, so that giving away snapshots leaves some of the line to the rest. Event loop. */
final class Pace {
    private final long bytesPerSecond;
    private long freeAtNanos = System.nanoTime();

    /** Paces at so many bytes a second; not at all if that is 0. */
    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Takes a place in the line for so many bytes; returns how long to wait for it. */
    long reserveNanos(long bytes) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long now = System.nanoTime();
        long begin = Math.max(now, freeAtNanos);
        freeAtNanos = begin + Math.multiplyExact(bytes, TimeUnit.SECONDS.toNanos(1)) / bytesPerSecond;
        return begin - now;
    }
}
