package io.pando.zab.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C of a part of a buffer, bound to the place it belongs to. Confined to the thread that owns it. */
final class Checksum {
    private final CRC32C crc = new CRC32C();

    /** Of the bytes from {@code from} to {@code to}; leaves the buffer spanning all of its capacity's first limit bytes. */
    int of(ByteBuffer buffer, int from, int to) {
        int position = buffer.position();
        int limit = buffer.limit();
        crc.reset();
        crc.update(buffer.limit(to).position(from));
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }

    /** The same, differing for equal bytes in another file or at another offset: what a recycled block held never validates. */
    int of(ByteBuffer buffer, int from, int to, long fileId, long offset) {
        return of(buffer, from, to) ^ seed(fileId, offset);
    }

    private static int seed(long fileId, long offset) {
        long mixed = (fileId * 0x9e3779b97f4a7c15L + offset) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed ^ mixed >>> 32);
    }
}
