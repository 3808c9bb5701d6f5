package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The first 4 KiB of a segment, durable before the segment has its name.
 *
 * @param generation changes only when a snapshot replaces the whole log
 * @param segmentId counts up and is never reused
 * @param baseZxid the zxid before the first record
 * @param lengthBytes of the file: all of it was on disk before the first batch, so a shorter one has been cut
 * @param epochs the epochs that ended before the first record
 */
record SegmentHeader(
        UUID clusterId, long generation, long segmentId, long baseZxid, long lengthBytes, EpochTable epochs) {

    static final int BYTES = 4096;

    SegmentHeader withLength(long length) {
        return new SegmentHeader(clusterId, generation, segmentId, baseZxid, length, epochs);
    }

    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        FileKind.SEGMENT.writePrefix(out);
        IdentityFile.writeId(out, clusterId);
        out.putLong(generation).putLong(segmentId).putLong(baseZxid).putLong(lengthBytes);
        epochs.encode(out);
        return out.putInt(BYTES - Integer.BYTES, new Checksum().of(out, 0, BYTES - Integer.BYTES))
                .clear();
    }

    static SegmentHeader read(StoredFile file, Path path) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(BYTES);
        file.read(in, 0);
        in.flip();
        if (!isIntact(in)) {
            refuseOtherFormat(in, path);
            throw unreadable(path);
        }
        FileKind.SEGMENT.refuseForeign(in, path);
        in.position(FileKind.PREFIX_BYTES);
        try {
            return new SegmentHeader(
                    IdentityFile.readId(in),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    EpochTable.decode(in));
        } catch (IllegalArgumentException nonsense) {
            throw unreadable(path);
        }
    }

    private static DamagedStorageException unreadable(Path path) {
        return new DamagedStorageException(
                new DamageReport(path, 0, "the header of this log segment is unreadable", Zxid.NONE, Zxid.NONE, false));
    }

    private static boolean isIntact(ByteBuffer header) {
        return header.limit() == BYTES
                && new Checksum().of(header, 0, BYTES - Integer.BYTES) == header.getInt(BYTES - Integer.BYTES);
    }

    /** A damaged prefix must not pass for another format, nor for a foreign file: whoever moved it away would lose records. */
    private static void refuseOtherFormat(ByteBuffer in, Path path) throws UnusableStorageException {
        ByteBuffer withOurPrefix =
                ByteBuffer.allocate(BYTES).put(in.duplicate()).clear();
        FileKind.SEGMENT.writePrefix(withOurPrefix.duplicate());
        if (!isIntact(withOurPrefix)) {
            FileKind.SEGMENT.refuseOtherFormat(in, path);
        }
    }
}
