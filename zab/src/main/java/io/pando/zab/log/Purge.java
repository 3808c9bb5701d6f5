package io.pando.zab.log;

import io.pando.zab.model.Zxid;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the snapshots and the log that neither a restart nor a learner that lags needs any more: after each snapshot, and when
 * the disk is full.
 *
 * <p>So two threads meet here, the one that writes snapshots and the one that prepares segments; they take turns.
 */
final class Purge {
    private static final Logger log = LoggerFactory.getLogger(Purge.class);

    private final SnapshotStore snapshots;
    private final SegmentedLog segments;
    private final int snapshotsKept;
    private final long logKeptBytes;

    Purge(SnapshotStore snapshots, SegmentedLog segments, int snapshotsKept, long logKeptBytes) {
        this.snapshots = snapshots;
        this.segments = segments;
        this.snapshotsKept = snapshotsKept;
        this.logKeptBytes = logKeptBytes;
    }

    /** Returns whether there is more space now. */
    synchronized boolean run() throws IOException {
        SnapshotStore.Purged purged = snapshots.purge(snapshotsKept);
        int deleted = segments.purge(purged.oldestNeeded(), logKeptBytes);
        if (deleted > 0) {
            log.info("Purged {} log segments up to {}.", deleted, Zxid.toString(purged.oldestNeeded()));
        }
        return deleted > 0 || purged.deleted() > 0;
    }
}
