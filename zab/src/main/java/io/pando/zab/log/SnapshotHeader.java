package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The first 2 KiB of a snapshot. Behind it come chunks, {@code u32 length | u32 CRC | bytes}, and a footer that looks like a
 * chunk of length 0 and says how many there were; all checksums are bound to the zxid and the offset.
 */
record SnapshotHeader(UUID clusterId, long zxid, EpochTable epochs) {

    static final int BYTES = 2048;
    static final int CHUNK_HEADER_BYTES = 2 * Integer.BYTES;
    static final int CHUNK_BYTES = 256 * 1024;
    static final int FOOTER_BYTES = CHUNK_HEADER_BYTES + 3 * Long.BYTES;
    static final long END_MAGIC = 0x50414e444f454e44L; // PANDOEND

    private static final int CRC = BYTES - Integer.BYTES;

    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        FileKind.SNAPSHOT.writePrefix(out);
        IdentityFile.writeId(out, clusterId);
        out.putLong(zxid);
        epochs.encode(out);
        return out.putInt(CRC, new Checksum().of(out, 0, CRC)).clear();
    }

    static boolean isIntact(ByteBuffer in) {
        return in.remaining() == BYTES && new Checksum().of(in, 0, CRC) == in.getInt(CRC);
    }

    static SnapshotHeader decode(ByteBuffer in) {
        in.position(FileKind.PREFIX_BYTES);
        return new SnapshotHeader(IdentityFile.readId(in), in.getLong(), EpochTable.decode(in));
    }

    /** The checksum of a chunk or footer that fills the buffer up to its limit and lies at {@code offset}. */
    static int chunkCrc(Checksum checksum, ByteBuffer chunk, long zxid, long offset) {
        int ofLength = checksum.of(chunk, 0, Integer.BYTES, zxid, offset);
        return Integer.rotateLeft(ofLength, 1) ^ checksum.of(chunk, CHUNK_HEADER_BYTES, chunk.limit(), zxid, offset);
    }
}
