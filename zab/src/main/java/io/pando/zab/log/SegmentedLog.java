package io.pando.zab.log;

import io.pando.zab.log.SegmentFiles.BlankSegment;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The log as one sequence of batches over many files: appends to the last segment, begins the next when it is full, and takes
 * back what an ensemble has decided against.
 *
 * <p>Appending and taking back happen under the write baton of {@link LogWriter}; the list of segments is also used by the
 * snapshot thread, which purges, by readers, and by whoever asks for figures.
 */
final class SegmentedLog implements Closeable {
    private static final long IN_USE_BYTES = 64 * 1024;
    private static final int IN_USE_FRACTION = 8;

    private final UUID clusterId;
    private final SegmentFiles segments;
    private final SegmentCut cut;
    private final SegmentPreparer preparer;
    private final long firstSegmentBytes;
    private final long inUseBytes;
    private final boolean forceSync;

    // Who reads segments holds the one, who removes or replaces them the other.
    private final ReentrantReadWriteLock removal = new ReentrantReadWriteLock();
    // Guarded by itself.
    private final Deque<SealedSegment> sealed = new ArrayDeque<>();

    private long generation;
    private EpochTable epochs;
    // Appended to under the baton; others read its header.
    private volatile Segment active;
    private boolean nextRequested;
    private volatile long remainingBytes;
    private final LongAdder appendedBytes = new LongAdder();

    private SegmentedLog(
            UUID clusterId,
            SegmentFiles segments,
            SegmentCut cut,
            SegmentPreparer preparer,
            LogSettings settings,
            List<SealedSegment> sealed,
            long generation,
            EpochTable epochs,
            Segment first) {
        this.clusterId = clusterId;
        this.segments = segments;
        this.cut = cut;
        this.preparer = preparer;
        this.firstSegmentBytes = settings.firstSegmentBytes();
        this.inUseBytes = SegmentHeader.BYTES
                + Math.min(IN_USE_BYTES, (settings.segmentBytes() - SegmentHeader.BYTES) / IN_USE_FRACTION);
        this.forceSync = settings.forceSync();
        this.sealed.addAll(sealed);
        this.generation = generation;
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
            SegmentCut cut,
            SegmentPreparer preparer,
            LogSettings settings)
            throws IOException {
        BlankSegment blank = segments.createBlank("first", settings.firstSegmentBytes(), () -> false);
        SegmentHeader header = new SegmentHeader(
                clusterId,
                recovered.generation(),
                recovered.nextSegmentId(),
                recovered.lastZxid(),
                blank.lengthBytes(),
                recovered.epochs());
        Segment first = segments.activate(blank, header);
        return new SegmentedLog(
                clusterId,
                segments,
                cut,
                preparer,
                settings,
                sealed,
                recovered.generation(),
                recovered.epochs(),
                first);
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
        if (!nextRequested && active.usedBytes() > inUseBytes) {
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
        begin(preparer.take(SegmentHeader.BYTES + (long) next.lengthBytes()), next.prevZxid());
    }

    private void begin(BlankSegment blank, long baseZxid) throws IOException {
        nextRequested = false;
        long segmentId = active.header().segmentId() + 1;
        active = segments.activate(
                blank, new SegmentHeader(clusterId, generation, segmentId, baseZxid, blank.lengthBytes(), epochs));
        remainingBytes = active.remainingBytes();
    }

    /**
     * Takes back every record after {@code keepUpTo}, durably: whole segments from the last one backwards, so that a crash leaves a
     * shorter log and never a hole; then the end of one. The log goes on in a new segment.
     */
    void truncate(long keepUpTo) throws IOException {
        commit();
        removal.writeLock().lock();
        try {
            Deque<SealedSegment> left = sealAll();
            if (Zxid.isAfter(left.getFirst().baseZxid(), keepUpTo)) {
                throw new IOException("The log begins after " + Zxid.toString(keepUpTo) + " and can't be cut there.");
            }
            while (left.size() > 1 && !Zxid.isAfter(keepUpTo, left.getLast().baseZxid())) {
                segments.delete(left.removeLast().path());
            }
            left.addLast(cut.after(keepUpTo, left.removeLast()));
            epochs = epochs.truncatedTo(keepUpTo);
            begin(segments.createBlank("first", firstSegmentBytes, () -> false), keepUpTo);
            replaceSealed(left);
        } finally {
            removal.writeLock().unlock();
        }
    }

    /**
     * Begins anew after a snapshot. The new segment is of a higher generation and durable before the old ones are deleted: the
     * highest generation that is found at a start is the log, the rest are leftovers.
     */
    void reset(SnapshotMeta base) throws IOException {
        commit();
        removal.writeLock().lock();
        try {
            Deque<SealedSegment> old = sealAll();
            generation++;
            epochs = base.epochs();
            begin(segments.createBlank("first", firstSegmentBytes, () -> false), base.zxid());
            while (!old.isEmpty()) {
                segments.delete(old.removeLast().path());
            }
            replaceSealed(old);
        } finally {
            removal.writeLock().unlock();
        }
    }

    private Deque<SealedSegment> sealAll() throws IOException {
        active.close();
        synchronized (sealed) {
            Deque<SealedSegment> all = new ArrayDeque<>(sealed);
            all.addLast(active.sealed());
            return all;
        }
    }

    private void replaceSealed(Deque<SealedSegment> left) {
        synchronized (sealed) {
            sealed.clear();
            sealed.addAll(left);
        }
    }

    /** Deletes the segments of which every record is at or before {@code zxid}, oldest first, but keeps so many bytes of log. */
    int purge(long zxid, long keptBytes) throws IOException {
        int deleted = 0;
        while (purgeOldest(zxid, keptBytes)) {
            deleted++;
        }
        return deleted;
    }

    /** One by one and each made durable: a crash in between must not leave a hole in the middle. */
    private boolean purgeOldest(long zxid, long keptBytes) throws IOException {
        removal.writeLock().lock();
        try {
            SealedSegment oldest = purgeable(zxid, keptBytes);
            if (oldest == null) {
                return false;
            }
            segments.delete(oldest.path());
            synchronized (sealed) {
                sealed.removeFirst();
            }
            return true;
        } finally {
            removal.writeLock().unlock();
        }
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

    /** While this is held, no segment is deleted or replaced. */
    Lock presence() {
        return removal.readLock();
    }

    /** The segment with the record after {@code zxid}, or null if that has been purged. With the {@link #presence} held. */
    @Nullable
    SealedSegment segmentAfter(long zxid) {
        synchronized (sealed) {
            SealedSegment last = active.sealed();
            if (!Zxid.isAfter(last.baseZxid(), zxid)) {
                return last;
            }
            var newestFirst = sealed.descendingIterator();
            while (newestFirst.hasNext()) {
                SealedSegment segment = newestFirst.next();
                if (!Zxid.isAfter(segment.baseZxid(), zxid)) {
                    return segment;
                }
            }
            return null;
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

    @Override
    public void close() throws IOException {
        active.close();
    }
}
