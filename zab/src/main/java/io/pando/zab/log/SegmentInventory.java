package io.pando.zab.log;

import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The segments met at a start, sorted into the log and what an interrupted change of generation has left lying about.
 *
 * @param log oldest first; null headers are damaged ones
 * @param superseded of a lower generation: a snapshot took their place, and a crash came before they were deleted
 * @param generation of the log; 1 where there is none
 */
record SegmentInventory(List<FoundSegment> log, List<Path> superseded, long generation, long nextSegmentId) {

    private static final long FIRST_GENERATION = 1;

    static SegmentInventory of(FileSystem files, SegmentFiles segments, UUID clusterId) throws IOException {
        List<FoundSegment> all = new ArrayList<>();
        long generation = FIRST_GENERATION;
        for (Path path : segments.list()) {
            FoundSegment segment = FoundSegment.read(files, path);
            SegmentHeader header = segment.header();
            if (header != null) {
                refuseForeign(header, path, clusterId);
                generation = Math.max(generation, header.generation());
            }
            all.add(segment);
        }
        int first = firstOf(generation, all);
        return new SegmentInventory(
                List.copyOf(all.subList(first, all.size())),
                all.subList(0, first).stream().map(FoundSegment::path).toList(),
                generation,
                all.isEmpty() ? 1 : all.getLast().segmentId() + 1);
    }

    private static void refuseForeign(SegmentHeader header, Path path, UUID clusterId) throws UnusableStorageException {
        if (!header.clusterId().equals(clusterId)) {
            throw new UnusableStorageException(
                    path,
                    "Log segment " + path + " belongs to ensemble " + header.clusterId() + ", this server to "
                            + clusterId + ". Point dataDir and dataLogDir at directories that belong together.");
        }
    }

    private static int firstOf(long generation, List<FoundSegment> all) {
        int first = 0;
        for (int i = 0; i < all.size(); i++) {
            SegmentHeader header = all.get(i).header();
            if (header != null && header.generation() < generation) {
                first = i + 1;
            }
        }
        return first;
    }

    /** Whether anything was ever written to the log; what can't be read counts as having been. */
    boolean hasRecords(FileSystem files) throws IOException {
        for (FoundSegment segment : log) {
            if (segment.header() == null || segment.baseZxid() != Zxid.NONE) {
                return true;
            }
            try (SegmentScanner scanner = SegmentScanner.open(files, segment.path())) {
                if (scanner.next()) {
                    return true;
                }
            }
        }
        return false;
    }
}
