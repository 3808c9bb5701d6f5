package io.pando.zab.log;

import io.pando.zab.log.SegmentFiles.BlankSegment;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Makes a server without a history a member of an ensemble: first comes an empty segment of that ensemble, then its id. So a
 * member without any segment is one whose log directory has been forgotten, and segments without a membership are leftovers.
 */
final class Adoption {
    private static final long FIRST_SEGMENT = 1;

    private final FileSystem files;
    private final SegmentFiles segments;
    private final IdentityFile identityFile;

    Adoption(FileSystem files, SegmentFiles segments, IdentityFile identityFile) {
        this.files = files;
        this.segments = segments;
        this.identityFile = identityFile;
    }

    Recovered adopt(Identity identity, UUID clusterId, Recovered empty) throws IOException {
        if (identity.isAdopted()) {
            identityFile.write(identity.withCluster(Identity.NO_CLUSTER));
        }
        deleteLeftovers(files, segments);
        BlankSegment blank = segments.createBlank("first", SegmentHeader.BYTES, () -> false);
        SegmentHeader header = new SegmentHeader(
                clusterId, empty.generation(), FIRST_SEGMENT, Zxid.NONE, blank.lengthBytes(), EpochTable.EMPTY);
        Segment first = segments.activate(blank, header);
        first.close();
        identityFile.write(identity.withCluster(clusterId));
        return empty.replacedBy(List.of(first.path()), FIRST_SEGMENT + 1);
    }

    /** Deletes the segments of an adoption that was not completed; refuses any that hold records. */
    static void deleteLeftovers(FileSystem files, SegmentFiles segments) throws IOException {
        for (Path path : segments.list().reversed()) {
            try (SegmentScanner scanner = SegmentScanner.open(files, path)) {
                scanner.examineAll();
                if (scanner.lastZxid() != Zxid.NONE) {
                    throw new UnusableStorageException(
                            path,
                            "Log segment " + path + " belongs to ensemble "
                                    + scanner.segment().clusterId()
                                    + ", this server to none. Point dataDir and dataLogDir at directories that belong"
                                    + " together.");
                }
            }
            segments.delete(path);
        }
    }
}
