package io.pando.zab.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * When the next snapshot is due.
 *
 * <p>It is due after a number of transactions, but not before the log has grown by a part of the last snapshot's length: so what
 * snapshots of a large tree cost stays in proportion to what was written, and what a restart has to replay to what it has to load.
 * And it is due after so many bytes of log in any case, and as soon as a restart would be much shorter for it and hardly anything is
 * written: then it costs nobody anything.
 *
 * <p>All servers of an ensemble see the same transactions, and would all write their snapshots at the same moment. So each draws
 * every distance anew, between half of it and all of it. Core thread.
 */
final class SnapshotSchedule {
    /** Less log is replayed in no time. */
    private static final long MUCH_LOG_BYTES = 4 << 20;

    /** To replay log takes several times as long as to load a snapshot of that length, but less of it than this is soon replayed. */
    private static final int FEWEST_PERCENT_OF_SNAPSHOT = 10;

    /** Who waits for a server to stop won't wait for more to be written: some are impatient after ten seconds. */
    private static final long MOST_BYTES_OF_SNAPSHOT = 512 << 20;

    /** Whoever has written much in one go may do so again; after so long a pause it looks as if that was it. */
    private static final long LULL_NANOS = Duration.ofSeconds(10).toNanos();

    /** Of what makes a snapshot worthwhile: at this pace the next one is due after a hundred lulls at the soonest. */
    private static final int MOST_PERCENT_IN_A_LULL = 1;

    private final int everyTxns;
    private final int growthPercent;
    private final long everyBytes;
    private final LongSupplier lastLengthBytes;
    private final RandomGenerator random;

    private long txns;
    private long bytes;
    private long dueTxns;
    private long dueBytes;
    private double dueGrowth;
    private long dueLullNanos;

    // Hardly anything was written since this moment, when there was so much log.
    private long lullNanos;
    private long lullBytes;

    /** @param lastLengthBytes of the newest snapshot; 0 if there is none */
    SnapshotSchedule(
            int everyTxns, int growthPercent, long everyBytes, LongSupplier lastLengthBytes, RandomGenerator random) {
        this.everyTxns = everyTxns;
        this.growthPercent = growthPercent;
        this.everyBytes = everyBytes;
        this.lastLengthBytes = lastLengthBytes;
        this.random = random;
        restart();
    }

    /** Counts from a snapshot that is taken now. */
    void restart() {
        txns = 0;
        bytes = 0;
        double early = random.nextDouble() / 2;
        dueTxns = shortened(everyTxns, early);
        dueBytes = shortened(everyBytes, early);
        dueGrowth = growthPercent / 100.0 * (1 - early);
        dueLullNanos = shortened(LULL_NANOS, early);
        lullBytes = 0;
    }

    private static long shortened(long distance, double part) {
        return distance - (long) (distance * part);
    }

    /** So much has been delivered since. */
    void count(long moreTxns, long moreBytes) {
        txns += moreTxns;
        bytes += moreBytes;
    }

    boolean isDue(long nowNanos) {
        return bytes >= dueBytes
                || (txns >= dueTxns && bytes >= lastLengthBytes.getAsLong() * dueGrowth)
                || (bytes >= MUCH_LOG_BYTES && isLull(nowNanos));
    }

    /** To be asked all the time once there is much log. */
    private boolean isLull(long nowNanos) {
        long much = muchLogBytes(lastLengthBytes.getAsLong());
        if (bytes - lullBytes > much * MOST_PERCENT_IN_A_LULL / 100) {
            lullBytes = bytes;
            lullNanos = nowNanos;
        }
        return bytes >= much && nowNanos - lullNanos >= dueLullNanos;
    }

    /** Whether a server that stops now starts sooner if it takes one before. */
    boolean isWorthTheStop() {
        long length = lastLengthBytes.getAsLong();
        return bytes >= muchLogBytes(length) && Math.max(length, bytes) <= MOST_BYTES_OF_SNAPSHOT;
    }

    /** From so much log on, a restart is much shorter if it finds a snapshot instead. */
    private static long muchLogBytes(long lastLengthBytes) {
        return Math.max(MUCH_LOG_BYTES, lastLengthBytes * FEWEST_PERCENT_OF_SNAPSHOT / 100);
    }
}
