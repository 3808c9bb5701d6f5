package io.pando.zab.log;

import io.pando.zab.log.SegmentInspection.Verdict;
import io.pando.zab.log.TailExamination.Tail;
import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at files of a log and at snapshots for people and tools. Reads only, and may do so while a server runs. */
public final class StorageInspector {
    private final FileSystem files;

    public StorageInspector(FileSystem files) {
        this.files = files;
    }

    /** The segment itself, or all segments of a directory, oldest first. */
    public List<Path> segmentsIn(Path fileOrDirectory) throws IOException {
        return Files.isDirectory(fileOrDirectory)
                ? new SegmentFiles(files, fileOrDirectory).list()
                : List.of(fileOrDirectory);
    }

    /** The snapshot itself, or all snapshots of a directory, oldest first. */
    public List<Path> snapshotsIn(Path fileOrDirectory) throws IOException {
        return Files.isDirectory(fileOrDirectory)
                ? SnapshotStore.list(files, fileOrDirectory).reversed()
                : List.of(fileOrDirectory);
    }

    /** Looks at segments that follow each other, showing every intact record. */
    public List<SegmentInspection> inspectSegments(List<Path> segments, InspectedRecords records) throws IOException {
        List<SegmentInspection> inspections = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Path next = i + 1 < segments.size() ? segments.get(i + 1) : null;
            inspections.add(inspectSegment(segments.get(i), next, records));
        }
        return inspections;
    }

    /**
     * @param next the segment that follows this one, or null if this is the last
     * @throws UnusableStorageException if it is not a log segment of this release
     * @throws DamagedStorageException if its header is unreadable
     */
    private SegmentInspection inspectSegment(Path path, @Nullable Path next, InspectedRecords records)
            throws IOException {
        try (SegmentScanner scanner = SegmentScanner.open(files, path)) {
            long batches = 0;
            long count = 0;
            while (scanner.next()) {
                batches++;
                count += scanner.batch().count();
                show(scanner, records);
            }
            Tail tail = next == null ? scanner.examineTail().examine() : sealedTail(scanner, next);
            SegmentHeader header = scanner.segment();
            return new SegmentInspection(
                    path,
                    header.clusterId(),
                    header.generation(),
                    header.segmentId(),
                    header.baseZxid(),
                    scanner.lastZxid(),
                    batches,
                    count,
                    header.lengthBytes(),
                    tail.offset(),
                    verdictOf(tail),
                    tail.what());
        }
    }

    private static void show(SegmentScanner scanner, InspectedRecords records) throws IOException {
        long[] offset = {scanner.offset() + RecordBatch.HEADER_BYTES};
        scanner.forEachRecord((zxid, type, payload) -> {
            int lengthBytes = RecordBatch.RECORD_HEADER_BYTES + payload.remaining();
            records.record(zxid, type, offset[0], payload);
            offset[0] += lengthBytes;
        });
    }

    private Tail sealedTail(SegmentScanner scanner, Path next) throws IOException {
        FoundSegment following = FoundSegment.read(files, next);
        if (following.header() == null || following.baseZxid() == scanner.lastZxid()) {
            return new Tail(TailExamination.Verdict.CLEAN, scanner.offset(), "complete", scanner.lastZxid(), true);
        }
        return new Tail(
                TailExamination.Verdict.DAMAGED,
                scanner.offset(),
                "the next segment goes on after " + Zxid.toString(following.baseZxid()),
                following.baseZxid(),
                true);
    }

    private static Verdict verdictOf(Tail tail) {
        return switch (tail.verdict()) {
            case CLEAN -> Verdict.INTACT;
            case TORN -> Verdict.TORN;
            case DAMAGED -> Verdict.DAMAGED;
        };
    }

    /**
     * Reads a snapshot to its end.
     *
     * @throws UnusableStorageException if it is not a snapshot of this release
     * @throws IOException also if its header is unreadable
     */
    public SnapshotInspection inspectSnapshot(Path path) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(files, path)) {
            String damage = null;
            try {
                reader.verifyToEnd();
            } catch (DamagedSnapshotException e) {
                damage = e.getMessage();
            }
            SnapshotHeader header = reader.header();
            return new SnapshotInspection(
                    path,
                    header.clusterId(),
                    header.meta(),
                    reader.fileBytes(),
                    reader.contentBytes(),
                    reader.chunks(),
                    damage);
        }
    }

    /** The state in a snapshot, for whoever knows how to read it; fails at the first damage. To be closed. */
    public InputStream openSnapshot(Path path) throws IOException {
        return SnapshotReader.open(files, path);
    }
}
