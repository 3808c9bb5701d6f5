package io.pando.zab.runtime;

import java.util.random.RandomGenerator;

/**
 * When the next snapshot is due.
 *
 * <p>All servers of an ensemble see the same transactions, and would all write their snapshots at the same moment. So each draws
 * every distance anew, between half of what is configured and all of it. Core thread.
 */
final class SnapshotSchedule {
    private final int everyTxns;
    private final long everyBytes;
    private final RandomGenerator random;

    private long txns;
    private long bytes;
    private long dueTxns;
    private long dueBytes;

    SnapshotSchedule(int everyTxns, long everyBytes, RandomGenerator random) {
        this.everyTxns = everyTxns;
        this.everyBytes = everyBytes;
        this.random = random;
        restart();
    }

    /** Counts from a snapshot that is taken now. */
    void restart() {
        txns = 0;
        bytes = 0;
        double early = random.nextDouble() / 2;
        dueTxns = everyTxns - (long) (everyTxns * early);
        dueBytes = everyBytes - (long) (everyBytes * early);
    }

    /** So much has been delivered since. */
    void count(long moreTxns, long moreBytes) {
        txns += moreTxns;
        bytes += moreBytes;
    }

    boolean isDue() {
        return txns >= dueTxns || bytes >= dueBytes;
    }
}
