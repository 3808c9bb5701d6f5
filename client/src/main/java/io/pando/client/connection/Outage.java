package io.pando.client.connection;

import java.util.concurrent.TimeUnit;

/**
 * The time without a connection, and whether it is worth a line in the log: when every server was tried in vain and it lasts. A
 * connection that breaks and is replaced by the next attempt is not. A function of the times it is told, in nanoseconds of a clock that
 * only goes forward. Confined to the event loop.
 */
final class Outage {
    private final long worthTellingNanos;
    private long beganNanos;
    private boolean told;

    /** @param worthTellingMs how long it has to last */
    Outage(long worthTellingMs, long nowNanos) {
        this.worthTellingNanos = TimeUnit.MILLISECONDS.toNanos(worthTellingMs);
        this.beganNanos = nowNanos;
    }

    void begins(long nowNanos) {
        beganNanos = nowNanos;
        told = false;
    }

    long lastedMs(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - beganNanos);
    }

    /** Whether to tell now that no server is of use; once. */
    boolean isToBeTold(boolean everyServerFailed, long nowNanos) {
        boolean now = everyServerFailed && !told && nowNanos - beganNanos >= worthTellingNanos;
        told |= now;
        return now;
    }

    boolean wasTold() {
        return told;
    }
}
