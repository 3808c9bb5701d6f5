package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.SnapshotMeta;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The beginning of a snapshot. Behind it come chunks, {@code u32 length | u32 CRC | bytes}, and a footer that looks like a
 * chunk of length 0 and says how many there were; all checksums are bound to the zxid and the offset.
 *
 * <pre>
 *   prefix | u32 length of the header | cluster id | u64 zxid | epochs | u64 version of the membership | u32 length | its text
 *   u32 CRC of the header
 * </pre>
 */
record SnapshotHeader(UUID clusterId, SnapshotMeta meta) {

    static final int CHUNK_HEADER_BYTES = 2 * Integer.BYTES;
    static final int CHUNK_BYTES = 256 * 1024;
    static final int FOOTER_BYTES = CHUNK_HEADER_BYTES + 3 * Long.BYTES;
    static final long END_MAGIC = 0x50414e444f454e44L; // PANDOEND

    private static final int LENGTH_AT = FileKind.PREFIX_BYTES;
    private static final int MIN_BYTES = LENGTH_AT + Integer.BYTES;
    private static final int MAX_BYTES = 1024 * 1024;

    ByteBuffer encode() {
        byte[] members = meta.membership().text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(
                MIN_BYTES + EpochTable.MAX_ENCODED_BYTES + members.length + 4 * Long.BYTES + 2 * Integer.BYTES);
        FileKind.SNAPSHOT.writePrefix(out);
        out.putInt(0);
        IdentityFile.writeId(out, clusterId);
        out.putLong(meta.zxid());
        meta.epochs().encode(out);
        out.putLong(meta.membership().version()).putInt(members.length).put(members);
        int checkedBytes = out.position();
        out.putInt(LENGTH_AT, checkedBytes + Integer.BYTES);
        return out.putInt(new Checksum().of(out, 0, checkedBytes)).flip();
    }

    /** A header, and where the first chunk begins. */
    record Found(SnapshotHeader header, int lengthBytes) {}

    static Found read(StoredFile file, Path path) throws IOException {
        ByteBuffer in = readWhole(file, path);
        int checkedBytes = in.limit() - Integer.BYTES;
        if (new Checksum().of(in, 0, checkedBytes) != in.getInt(checkedBytes)) {
            throw unreadable(path);
        }
        FileKind.SNAPSHOT.refuseForeign(in, path);
        try {
            return new Found(decode(in.position(MIN_BYTES)), in.limit());
        } catch (IllegalArgumentException | BufferUnderflowException nonsense) {
            throw unreadable(path); // its checksum is right: another server may have sent it so
        }
    }

    private static ByteBuffer readWhole(StoredFile file, Path path) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(MIN_BYTES);
        file.read(start, 0);
        int lengthBytes = start.flip().limit() < MIN_BYTES ? 0 : start.getInt(LENGTH_AT);
        if (lengthBytes <= MIN_BYTES + Integer.BYTES || lengthBytes > Math.min(MAX_BYTES, file.size())) {
            throw unreadable(path);
        }
        ByteBuffer in = ByteBuffer.allocate(lengthBytes);
        file.read(in, 0);
        return in.flip();
    }

    private static DamagedSnapshotException unreadable(Path path) {
        return new DamagedSnapshotException(path, 0, "its header is unreadable");
    }

    private static SnapshotHeader decode(ByteBuffer in) {
        UUID clusterId = IdentityFile.readId(in);
        long zxid = in.getLong();
        EpochTable epochs = EpochTable.decode(in);
        long version = in.getLong();
        int lengthBytes = in.getInt();
        if (lengthBytes < 0 || lengthBytes > in.remaining()) {
            throw new IllegalArgumentException("A membership of " + lengthBytes + " bytes");
        }
        byte[] members = new byte[lengthBytes];
        in.get(members);
        Membership membership = Membership.parse(version, new String(members, StandardCharsets.UTF_8));
        return new SnapshotHeader(clusterId, new SnapshotMeta(zxid, epochs, membership));
    }

    /** The checksum of a chunk or footer that fills the buffer up to its limit and lies at {@code offset}. */
    static int chunkCrc(Checksum checksum, ByteBuffer chunk, long zxid, long offset) {
        int ofLength = checksum.of(chunk, 0, Integer.BYTES, zxid, offset);
        return Integer.rotateLeft(ofLength, 1) ^ checksum.of(chunk, CHUNK_HEADER_BYTES, chunk.limit(), zxid, offset);
    }
}
