package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What recovery has found, and what is left to do before the log can go on. Nothing of the latter has been done yet.
 *
 * @param lastZxid of the last record; the log goes on after it
 * @param sealed all segments but the last
 * @param unsealed the last segment, still to be copied; null where there is none
 * @param discarded segments behind damage: to be deleted before the log goes on
 * @param superseded segments that the next one replaces: to be deleted once that is durable
 * @param generation of the log from here on
 */
record Recovered(
        long lastZxid,
        EpochTable epochs,
        List<SealedSegment> sealed,
        @Nullable UnsealedSegment unsealed,
        List<Path> discarded,
        List<Path> superseded,
        long generation,
        long nextSegmentId,
        @Nullable SnapshotMeta snapshot,
        Replay replay) {

    /** The segment that was written last, and how much of it is to be kept. */
    record UnsealedSegment(Path path, SegmentHeader header, long intactBytes) {}

    RecoveredHistory history() {
        return new RecoveredHistory(
                lastZxid,
                replay.commitZxid(),
                logBase(),
                epochs,
                uncommitted(),
                membership(),
                snapshot,
                replay.txns(),
                replay.bytes());
    }

    private long logBase() {
        if (!sealed.isEmpty()) {
            return sealed.getFirst().baseZxid();
        }
        return unsealed == null ? lastZxid : unsealed.header().baseZxid();
    }

    private List<Records> uncommitted() {
        return lastZxid == replay.commitZxid() ? List.of() : replay.uncommitted();
    }

    private @Nullable Membership membership() {
        return replay.membership();
    }

    /** The same for a log that has no records, only segments to be replaced. */
    Recovered replacedBy(List<Path> empty, long nextId) {
        return new Recovered(lastZxid, epochs, List.of(), null, List.of(), empty, generation, nextId, snapshot, replay);
    }

    long snapshotZxid() {
        return snapshot == null ? Zxid.NONE : snapshot.zxid();
    }
}
