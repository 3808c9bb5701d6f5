package io.pando.zab.log;

import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.model.Promise;
import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a server's disk would still have if its power were lost now, read from the durable bytes alone: whatever the running server
 * believes has no part in it.
 */
public final class DurableState {
    private final Path dataDir;
    private final Path logDir;
    private final Checksum checksum = new Checksum();
    private Map<Path, Parsed<Segment>> segments = new HashMap<>();
    private Map<Path, Parsed<Boolean>> snapshots = new HashMap<>();
    private List<Segment> log = List.of();
    private long snapshotZxid;
    private @Nullable Parsed<Promise> promise;

    /** What the bytes of a file mean. */
    private static final class Parsed<T> {
        private final byte[] bytes;
        private final T meaning;

        Parsed(byte[] bytes, T meaning) {
            this.bytes = bytes;
            this.meaning = meaning;
        }

        /** Bytes that are durable are never changed in place. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(byte[] others) {
            return bytes == others;
        }

        T meaning() {
            return meaning;
        }
    }

    private static final class Segment {
        private final long generation;
        private final long id;
        private final long base;
        private final long last;
        private final long[] zxids;

        Segment(long generation, long id, long base, long last, long[] zxids) {
            this.generation = generation;
            this.id = id;
            this.base = base;
            this.last = last;
            this.zxids = zxids;
        }

        long generation() {
            return generation;
        }

        long id() {
            return id;
        }
    }

    public DurableState(Path dataDir, Path logDir) {
        this.dataDir = dataDir;
        this.logDir = logDir;
    }

    /** Takes note of what the disk has now; looks only at what has changed. */
    public void refresh(SimulatedDisk disk) {
        Map<Path, Parsed<Segment>> newSegments = new HashMap<>();
        Map<Path, Parsed<Boolean>> newSnapshots = new HashMap<>();
        byte[] newPromise = null;
        for (Map.Entry<Path, byte[]> file : disk.durableFiles().entrySet()) {
            Path path = file.getKey();
            byte[] bytes = file.getValue();
            String name = path.getFileName().toString();
            if (logDir.equals(path.getParent()) && name.endsWith(".log")) {
                Parsed<Segment> known = segments.get(path);
                newSegments.put(
                        path, known != null && known.isOf(bytes) ? known : new Parsed<>(bytes, segment(path, bytes)));
            } else if (name.endsWith(".snapshot")) {
                Parsed<Boolean> known = snapshots.get(path);
                newSnapshots.put(
                        path, known != null && known.isOf(bytes) ? known : new Parsed<>(bytes, isIntact(path, bytes)));
            } else if (name.equals("promise")) {
                newPromise = bytes;
            }
        }
        segments = newSegments;
        snapshots = newSnapshots;
        snapshotZxid = newSnapshots.entrySet().stream()
                .filter(snapshot -> snapshot.getValue().meaning())
                .map(snapshot -> SnapshotStore.zxidOf(snapshot.getKey()))
                .max(Long::compareUnsigned)
                .orElse(Zxid.NONE);
        log = chained(newSegments.values().stream().map(Parsed::meaning).toList());
        readPromise(newPromise);
    }

    private void readPromise(byte @Nullable [] bytes) {
        if (bytes == null) {
            promise = null;
        } else if (promise == null || !promise.isOf(bytes)) {
            promise = new Parsed<>(bytes, promise(bytes));
        }
    }

    private Promise promise(byte[] bytes) {
        try {
            return Objects.requireNonNull(new PromiseFile(withOnly(dataDir.resolve("promise"), bytes), dataDir).read());
        } catch (IOException e) {
            throw new IllegalStateException("The promise is damaged", e);
        }
    }

    private static SimulatedDisk withOnly(Path path, byte[] bytes) {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(0));
        disk.put(path, bytes);
        return disk;
    }

    private static boolean isIntact(Path path, byte[] bytes) {
        try (SnapshotReader reader = SnapshotReader.open(withOnly(path, bytes), path)) {
            reader.verifyToEnd();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The segments of the newest generation that go on from the newest snapshot or, without one, from nothing; as far as each goes on
     * where the one before it ends.
     */
    private List<Segment> chained(List<Segment> all) {
        long generation = all.stream().mapToLong(Segment::generation).max().orElse(0);
        List<Segment> chain = new ArrayList<>();
        all.stream()
                .filter(segment -> segment.generation == generation && generation != 0)
                .sorted(Comparator.comparingLong(Segment::id))
                .forEach(segment -> {
                    if (!Zxid.isAfter(segment.base, snapshotZxid)) {
                        chain.clear();
                        chain.add(segment);
                    } else if (!chain.isEmpty() && chain.getLast().last == segment.base) {
                        chain.add(segment);
                    }
                });
        return chain;
    }

    /** Generation 0 if the header is damaged. */
    private Segment segment(Path path, byte[] bytes) {
        SegmentHeader header;
        try (StoredFile file = withOnly(path, bytes).open(path)) {
            header = SegmentHeader.read(file, path);
        } catch (IOException e) {
            return new Segment(0, 0, 0, 0, new long[0]);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long[] zxids = new long[16];
        int count = 0;
        long last = header.baseZxid();
        int at = SegmentHeader.BYTES;
        while (in.limit() - at >= BatchHeader.BYTES
                && in.getInt(at) != 0
                && BatchHeader.isIntact(in, at, header.segmentId(), at, checksum)) {
            BatchHeader batch = BatchHeader.read(in, at);
            int end = at + batch.lengthBytes();
            if (!batch.isPlausible(in.limit() - at)
                    || batch.prevZxid() != last
                    || checksum.of(in, at + BatchHeader.BYTES, end, header.segmentId(), at) != batch.recordsCrc()) {
                break;
            }
            int record = at + BatchHeader.BYTES;
            for (int i = 0; i < batch.count(); i++) {
                zxids = count == zxids.length ? Arrays.copyOf(zxids, 2 * count) : zxids;
                zxids[count++] = in.getLong(record + Integer.BYTES);
                record += RecordBatch.RECORD_HEADER_BYTES + in.getInt(record);
            }
            last = batch.lastZxid();
            at = end;
        }
        return new Segment(
                header.generation(), header.segmentId(), header.baseZxid(), last, Arrays.copyOf(zxids, count));
    }

    public Promise promise() {
        return promise == null ? Promise.NONE : promise.meaning();
    }

    /** The end of the log. */
    public long lastZxid() {
        return log.isEmpty() ? Zxid.NONE : log.getLast().last;
    }

    /** Where the log begins. */
    public long baseZxid() {
        return log.isEmpty() ? Zxid.NONE : log.getFirst().base;
    }

    public List<Long> zxids() {
        List<Long> all = new ArrayList<>();
        if (baseZxid() != Zxid.NONE) {
            all.add(baseZxid());
        }
        log.forEach(segment -> Arrays.stream(segment.zxids).forEach(all::add));
        return all;
    }

    /** Whether a record is in an intact snapshot, or in the log that goes on from it. */
    public boolean holds(long zxid) {
        if (!Zxid.isAfter(zxid, snapshotZxid)) {
            return true;
        }
        for (Segment segment : log) {
            if (Zxid.isAfter(zxid, segment.base) && !Zxid.isAfter(zxid, segment.last)) {
                // The sign bit is only set in epochs that no simulation reaches.
                return Arrays.binarySearch(segment.zxids, zxid) >= 0;
            }
        }
        return false;
    }

    /** Whether cutting behind this record leaves a part of a segment. */
    public boolean isWithinSegment(long zxid) {
        return log.stream().anyMatch(segment -> Zxid.isAfter(zxid, segment.base) && Zxid.isAfter(segment.last, zxid));
    }
}
