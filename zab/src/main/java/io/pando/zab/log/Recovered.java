package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What recovery has found.
 *
 * @param lastZxid of the last record; the log goes on after it
 * @param sealed all segments but the last
 * @param unsealed the last segment, still to be copied; null where there is none
 * @param snapshotZxid of the snapshot it began with; 0 without one
 * @param replayedTxns transactions delivered after the snapshot
 */
record Recovered(
        long lastZxid,
        EpochTable epochs,
        List<SealedSegment> sealed,
        @Nullable UnsealedSegment unsealed,
        long nextSegmentId,
        long snapshotZxid,
        long replayedTxns,
        long replayedBytes) {

    /** The segment that was written last, and how much of it is to be kept. */
    record UnsealedSegment(Path path, SegmentHeader header, long intactBytes) {}
}
