package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The log as one sequence of batches over many files: appends to the last segment and begins the next when it is full.
 *
 * <p>Appending happens under the write baton of {@link LogWriter}; the list of segments is also read by the snapshot thread,
 * which purges, and by whoever asks for figures.
 */
final class SegmentedLog implements Closeable {
    private static final long GENERATION = 1;
    private static final long IN_USE_BYTES = 64 * 1024;

    private final UUID clusterId;
    private final SegmentFiles segments;
    private final SegmentPreparer preparer;
    private final boolean forceSync;

    // Guarded by itself.
    private final Deque<SealedSegment> sealed = new ArrayDeque<>();

    private EpochTable epochs;
    // Appended to under the baton; others read its length.
    private volatile Segment active;
    private boolean nextRequested;
    private volatile long remainingBytes;
    private final LongAdder appendedBytes = new LongAdder();

    private SegmentedLog(
            UUID clusterId,
            SegmentFiles segments,
            SegmentPreparer preparer,
            boolean forceSync,
            List<SealedSegment> sealed,
            EpochTable epochs,
            Segment first) {
        this.clusterId = clusterId;
        this.segments = segments;
        this.preparer = preparer;
        this.forceSync = forceSync;
        this.sealed.addAll(sealed);
        this.epochs = epochs;
        this.active = first;
        this.remainingBytes = first.remainingBytes();
    }

    /** Goes on after what was recovered, in a new segment that is durable when this returns. */
    static SegmentedLog continueAfter(
            Recovered recovered,
            List<SealedSegment> sealed,
            UUID clusterId,
            SegmentFiles segments,
            SegmentPreparer preparer,
            long firstSegmentBytes,
            boolean forceSync)
            throws IOException {
        SegmentHeader header = new SegmentHeader(
                clusterId,
                GENERATION,
                recovered.nextSegmentId(),
                recovered.lastZxid(),
                firstSegmentBytes,
                recovered.epochs());
        Segment first = segments.activate(segments.createBlank("first", firstSegmentBytes, () -> false), header);
        return new SegmentedLog(clusterId, segments, preparer, forceSync, sealed, recovered.epochs(), first);
    }

    /** Appends in memory; {@link #commit} makes it durable. Rolls to the next segment where this one is full. */
    void stage(RecordBatch batch, long commitHint, long durableHint) throws IOException {
        if (!active.hasRoomFor(batch.lengthBytes())) {
            roll(batch);
        }
        active.stage(batch, commitHint, durableHint);
        epochs = epochs.following(batch);
        appendedBytes.add(batch.lengthBytes());
        remainingBytes = active.remainingBytes();
        if (!nextRequested && active.usedBytes() > IN_USE_BYTES) {
            nextRequested = true;
            preparer.request();
        }
    }

    /** Writes all that is staged and returns when it is durable. */
    void commit() throws IOException {
        active.write();
        if (forceSync) {
            active.sync();
        }
    }

    /** Writes all that is staged and leaves its durability to the next commit. */
    void write() throws IOException {
        active.write();
    }

    /** Whether a batch of this length can be appended without waiting for another segment. */
    boolean hasRoomFor(int bytes) {
        return active.hasRoomFor(bytes);
    }

    private void roll(RecordBatch next) throws IOException {
        // Durable before its successor has a name: that is how recovery knows that a sealed segment was complete.
        active.write();
        active.sync();
        active.close();
        synchronized (sealed) {
            sealed.addLast(active.sealed());
        }
        nextRequested = false;
        var blank = preparer.take(SegmentHeader.BYTES + (long) next.lengthBytes());
        active = segments.activate(
                blank,
                new SegmentHeader(
                        clusterId,
                        GENERATION,
                        active.header().segmentId() + 1,
                        next.prevZxid(),
                        blank.lengthBytes(),
                        epochs));
    }

    /** Deletes the segments of which every record is at or before {@code zxid}, oldest first, but keeps so many bytes of log. */
    int purge(long zxid, long keptBytes) throws IOException {
        int deleted = 0;
        for (SealedSegment oldest = purgeable(zxid, keptBytes); oldest != null; oldest = purgeable(zxid, keptBytes)) {
            // One by one and each made durable: a crash in between must not leave a hole in the middle.
            segments.delete(oldest.path());
            synchronized (sealed) {
                sealed.removeFirst();
            }
            deleted++;
        }
        return deleted;
    }

    private @Nullable SealedSegment purgeable(long zxid, long keptBytes) {
        synchronized (sealed) {
            if (sealed.size() < 2 || sealedBytes() - sealed.getFirst().lengthBytes() < keptBytes) {
                return null;
            }
            var all = sealed.iterator();
            SealedSegment oldest = all.next();
            return Long.compareUnsigned(all.next().baseZxid(), zxid) <= 0 ? oldest : null;
        }
    }

    private long sealedBytes() {
        return sealed.stream().mapToLong(SealedSegment::lengthBytes).sum();
    }

    /** Bytes of log on disk, the unwritten rest of the last segment included. */
    long lengthBytes() {
        synchronized (sealed) {
            return sealedBytes() + active.header().lengthBytes();
        }
    }

    int segmentCount() {
        synchronized (sealed) {
            return sealed.size() + 1;
        }
    }

    /** Bytes appended since the server has started. */
    long appendedBytes() {
        return appendedBytes.sum();
    }

    /** Whether the last segment has room for some time to come. */
    boolean hasReserve() {
        return remainingBytes > active.header().lengthBytes() / 4;
    }

    EpochTable epochs() {
        return epochs;
    }

    @Override
    public void close() throws IOException {
        active.close();
    }
}
