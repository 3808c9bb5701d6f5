package io.pando.client.connection;

import java.util.concurrent.TimeUnit;

/**
 * When the session was last proven alive, when the other end has to be asked for a sign of life, and when it has been silent for
 * too long. A function of the times it is told, in nanoseconds of a clock that only goes forward. Confined to the event loop, but for
 * {@link #sessionLeftNanos}.
 *
 * <p>What proves the session is not when an answer came but when its request was sent: the server may have answered at once, and
 * the answer may have been long on its way. From that moment on the session lives for its timeout, and longer only if the servers
 * heard something that we have no proof of.
 */
final class Liveness {
    private static final int BEATS_PER_TIMEOUT = 12;
    private static final long LONGEST_BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORTEST_BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private long timeoutNanos;
    private long provenNanos;

    // Written by the loop, read by callers.
    private volatile long sureUntilNanos;

    private long heardNanos;
    private long spokeNanos;
    private long lastBeatNanos;

    Liveness(long timeoutNanos, long nowNanos) {
        this.timeoutNanos = timeoutNanos;
        this.provenNanos = nowNanos;
        this.sureUntilNanos = nowNanos + timeoutNanos;
        this.lastBeatNanos = nowNanos;
    }

    /** A server has accepted the session. */
    void attached(long grantedNanos, long askedNanos, long nowNanos) {
        timeoutNanos = grantedNanos;
        sureUntilNanos = provenNanos + grantedNanos;
        proven(askedNanos);
        heard(nowNanos);
        spoke(nowNanos);
    }

    /** Something was answered that had been sent at {@code sentNanos}. */
    void proven(long sentNanos) {
        if (sentNanos - provenNanos > 0) {
            provenNanos = sentNanos;
            sureUntilNanos = sentNanos + timeoutNanos;
        }
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    void spoke(long nowNanos) {
        spokeNanos = nowNanos;
    }

    /** Nothing was sent for a third of the timeout. */
    boolean isPingDue(long nowNanos) {
        return nowNanos - spokeNanos >= timeoutNanos / 3;
    }

    /** Nothing arrived for two thirds of the timeout: what is left is for finding another server. */
    boolean isSilent(long nowNanos) {
        return nowNanos - heardNanos >= timeoutNanos / 3 * 2;
    }

    /** How long ago what was answered last had been sent. */
    long unprovenNanos(long nowNanos) {
        return nowNanos - provenNanos;
    }

    /** How long the session is sure to live on; not positive when it may be over. From any thread. */
    long sessionLeftNanos(long nowNanos) {
        return sureUntilNanos - nowNanos;
    }

    /** How often {@link #beat} is to be called. */
    long beatNanos() {
        return Math.max(SHORTEST_BEAT_NANOS, Math.min(LONGEST_BEAT_NANOS, timeoutNanos / BEATS_PER_TIMEOUT));
    }

    /**
     * The heart beats; how much later than it should. That much, at most, the process stood still. It could hear nothing meanwhile, so
     * that is no silence of the server's.
     */
    long beat(long nowNanos) {
        long late = nowNanos - lastBeatNanos - beatNanos();
        lastBeatNanos = nowNanos;
        if (late > 0) {
            heardNanos = Math.min(nowNanos, heardNanos + late);
        }
        return late;
    }
}
