package io.pando.zab.log;

import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Cuts the end off a segment. What is kept is copied and takes the place of the original as a whole, so that a crash leaves the
 * one or the other; and behind it lies nothing that could ever be taken for a part of the log again.
 */
final class SegmentCut {
    private final FileSystem files;
    private final SegmentFiles segments;

    SegmentCut(FileSystem files, SegmentFiles segments) {
        this.files = files;
        this.segments = segments;
    }

    /** Keeps the records up to and including {@code keepUpTo}, which is one of these or the base; durable on return. */
    SealedSegment after(long keepUpTo, SealedSegment segment) throws IOException {
        try (SegmentScanner scanner = SegmentScanner.open(files, segment.path())) {
            while (scanner.next()) {
                BatchHeader batch = scanner.batch();
                if (batch.prevZxid() == keepUpTo && batch.count() > 0) {
                    return segments.sealCopy(segment.path(), scanner.segment(), scanner.offset());
                }
                if (Zxid.isAfter(batch.lastZxid(), keepUpTo)) {
                    ByteBuffer kept = firstRecordsOf(scanner, keepUpTo);
                    return segments.sealCopy(segment.path(), scanner.segment(), scanner.offset(), kept);
                }
            }
            if (scanner.lastZxid() != keepUpTo) {
                throw cannotCut(segment.path(), keepUpTo, scanner.lastZxid());
            }
        }
        return segment;
    }

    private static ByteBuffer firstRecordsOf(SegmentScanner scanner, long keepUpTo) throws IOException {
        Records records = scanner.records().upTo(keepUpTo);
        BatchHeader whole = scanner.batch();
        RecordBatch kept = new RecordBatch();
        kept.reset(records.prevZxid());
        kept.append(records);
        long commitHint = Zxid.isAfter(whole.commitHint(), keepUpTo) ? keepUpTo : whole.commitHint();
        return BatchHeader.seal(
                kept, commitHint, whole.durableHint(), scanner.segment().segmentId(), scanner.offset(), new Checksum());
    }

    private static IOException cannotCut(Path path, long keepUpTo, long last) {
        return new IOException("The log can't be cut after " + Zxid.toString(keepUpTo) + ": " + path + " ends at "
                + Zxid.toString(last));
    }
}
