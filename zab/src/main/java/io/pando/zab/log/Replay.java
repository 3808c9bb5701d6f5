package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the batches of the log, in order, and delivers what is known to be committed: a record waits until a batch behind it, or
 * its own, hints that it is. What still waits at the end may have been acknowledged by nobody else.
 *
 * <p>Part of {@link Recovery}, on the starting thread.
 */
final class Replay {
    private final RecoveryTarget target;
    private final Deque<Records> waiting = new ArrayDeque<>();

    private long commitZxid;
    private EpochTable epochs = EpochTable.EMPTY;
    private @Nullable Membership membership;
    private long txns;
    private long bytes;

    Replay(RecoveryTarget target) {
        this.target = target;
    }

    /** The state is that of a snapshot now; records up to its zxid are in it. */
    void beginAfter(SnapshotMeta snapshot) {
        commitZxid = snapshot.zxid();
        epochs = snapshot.epochs();
        membership = snapshot.membership().version() == Zxid.NONE ? null : snapshot.membership();
    }

    /** The next batches are those of a segment that begins with this table. */
    void beginSegment(EpochTable before) {
        epochs = before;
    }

    /** The batch that the scanner stands on. */
    void take(SegmentScanner scanner) throws IOException {
        BatchHeader batch = scanner.batch();
        followEpochs(scanner, batch);
        if (Zxid.isAfter(batch.lastZxid(), commitZxid)) {
            bytes += batch.lengthBytes();
            if (batch.count() > 0) {
                waiting.addLast(scanner.records());
            }
            deliverUpTo(batch.commitHint());
        }
    }

    private void followEpochs(SegmentScanner scanner, BatchHeader batch) throws IOException {
        if (Zxid.epoch(batch.prevZxid()) == Zxid.epoch(batch.lastZxid())) {
            return;
        }
        long[] last = {batch.prevZxid()};
        scanner.forEachRecord((zxid, type, payload) -> {
            epochs = epochs.following(last[0], zxid);
            last[0] = zxid;
        });
    }

    private void deliverUpTo(long hint) {
        while (!waiting.isEmpty() && Zxid.isAfter(hint, commitZxid)) {
            Records next = waiting.getFirst();
            boolean whole = !Zxid.isAfter(next.lastZxid(), hint);
            (whole ? next : next.upTo(hint)).forEach(this::deliver);
            commitZxid = whole ? next.lastZxid() : hint;
            if (!whole) {
                return;
            }
            waiting.removeFirst();
        }
    }

    private void deliver(long zxid, RecordType type, ByteBuffer payload) {
        if (!Zxid.isAfter(zxid, commitZxid)) {
            return;
        }
        Membership named = MembershipRecords.named(zxid, type, payload);
        if (named != null) {
            membership = named;
        }
        if (type == RecordType.TXN) {
            target.deliver(zxid, payload);
            txns++;
        }
    }

    /** Whether a snapshot is a point of the history that ends with {@code lastZxid}. */
    boolean contains(SnapshotMeta snapshot, long lastZxid) {
        long common = EpochTable.commonPoint(snapshot.epochs(), snapshot.zxid(), epochs, lastZxid)
                .orElse(Zxid.isAfter(snapshot.zxid(), lastZxid) ? lastZxid : snapshot.zxid());
        return common == snapshot.zxid();
    }

    long commitZxid() {
        return commitZxid;
    }

    EpochTable epochs() {
        return epochs;
    }

    /** What nothing has shown to be committed. */
    List<Records> uncommitted() {
        List<Records> rest = new ArrayList<>(waiting);
        if (!rest.isEmpty()) {
            rest.set(0, rest.getFirst().after(commitZxid));
        }
        return rest;
    }

    @Nullable
    Membership membership() {
        return membership;
    }

    long txns() {
        return txns;
    }

    long bytes() {
        return bytes;
    }
}
