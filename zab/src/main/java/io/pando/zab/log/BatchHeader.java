package io.pando.zab.log;

import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;

/**
 * The 64 bytes before the records of a batch. All but the length are known only when the batch's place in the log is.
 *
 * <pre>
 *   u32 length | u32 CRC of the records | u64 prevZxid | u64 firstZxid | u64 lastZxid
 *   u64 commitHint | u64 durableHint | u32 count | u32 blankSectors | 4 zero bytes | u32 CRC of the header
 * </pre>
 *
 * Both checksums are bound to the segment and the offset. The header has one of its own, and counts the sectors that the
 * batch leaves blank by itself, because recovery has to tell a sector that never arrived from zeros that a client wrote.
 *
 * @param durableHint the log was durable up to here when this was written: evidence of what may have been acknowledged
 */
record BatchHeader(
        int lengthBytes,
        int recordsCrc,
        long prevZxid,
        long firstZxid,
        long lastZxid,
        long commitHint,
        long durableHint,
        int count,
        int blankSectors) {

    static final int BYTES = RecordBatch.HEADER_BYTES;

    private static final int HEADER_CRC = BYTES - Integer.BYTES;

    /** Completes an encoded batch for its place. */
    static ByteBuffer seal(
            RecordBatch batch, long commitHint, long durableHint, long segmentId, long offset, Checksum checksum) {
        ByteBuffer bytes = batch.encoded();
        int length = bytes.limit();
        bytes.putInt(length).putInt(checksum.of(bytes, BYTES, length, segmentId, offset));
        bytes.putLong(batch.prevZxid()).putLong(batch.firstZxid()).putLong(batch.lastZxid());
        bytes.putLong(commitHint).putLong(durableHint).putInt(batch.count());
        // Stands for the checksum that will be there, so that the count sees no blank where the header itself will be.
        bytes.putInt(HEADER_CRC, -1);
        bytes.putInt(Sectors.countBlank(bytes, 0, length, offset)).putInt(0);
        bytes.putInt(checksum.of(bytes, 0, HEADER_CRC, segmentId, offset));
        return bytes.position(0);
    }

    /** Whether the 64 bytes at {@code at} are an intact header of this place. */
    static boolean isIntact(ByteBuffer bytes, int at, long segmentId, long offset, Checksum checksum) {
        return checksum.of(bytes, at, at + HEADER_CRC, segmentId, offset) == bytes.getInt(at + HEADER_CRC);
    }

    static BatchHeader read(ByteBuffer bytes, int at) {
        return new BatchHeader(
                bytes.getInt(at),
                bytes.getInt(at + 4),
                bytes.getLong(at + 8),
                bytes.getLong(at + 16),
                bytes.getLong(at + 24),
                bytes.getLong(at + 32),
                bytes.getLong(at + 40),
                bytes.getInt(at + 48),
                bytes.getInt(at + 52));
    }

    /** Whether the length can be true where {@code available} bytes are left of the segment. */
    boolean isPlausible(long available) {
        return lengthBytes >= BYTES
                && lengthBytes % RecordBatch.ALIGNMENT_BYTES == 0
                && lengthBytes <= available
                && count >= 0
                && !Zxid.isAfter(firstZxid, lastZxid);
    }
}
