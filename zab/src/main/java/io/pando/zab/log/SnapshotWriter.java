package io.pando.zab.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Cuts what the state machine writes into checksummed chunks. Lives on the snapshot thread. */
final class SnapshotWriter extends OutputStream {
    // Small steps: one large flush at the end would hold up the log's syncs.
    private static final long SYNC_EVERY_BYTES = 8 * 1024 * 1024;

    private final StoredFile file;
    private final long zxid;
    private final Checksum checksum = new Checksum();
    private final ByteBuffer chunk =
            ByteBuffer.allocateDirect(SnapshotHeader.CHUNK_HEADER_BYTES + SnapshotHeader.CHUNK_BYTES);

    private long offset;
    private long contentBytes;
    private long chunks;
    private long syncedOffset;

    SnapshotWriter(StoredFile file, SnapshotHeader header) throws IOException {
        this.file = file;
        this.zxid = header.meta().zxid();
        ByteBuffer encoded = header.encode();
        this.offset = encoded.remaining();
        file.write(encoded, 0);
        chunk.position(SnapshotHeader.CHUNK_HEADER_BYTES);
    }

    @Override
    public void write(int b) throws IOException {
        if (!chunk.hasRemaining()) {
            writeChunk();
        }
        chunk.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        int left = count;
        while (left > 0) {
            if (!chunk.hasRemaining()) {
                writeChunk();
            }
            int step = Math.min(left, chunk.remaining());
            chunk.put(bytes, at, step);
            at += step;
            left -= step;
        }
    }

    /** Completes the file; it is durable when this returns. Returns its length in bytes. */
    long finish() throws IOException {
        if (chunk.position() > SnapshotHeader.CHUNK_HEADER_BYTES) {
            writeChunk();
        }
        chunk.putLong(contentBytes).putLong(chunks).putLong(SnapshotHeader.END_MAGIC);
        writeBlock(0);
        file.sync();
        return offset;
    }

    private void writeChunk() throws IOException {
        int length = chunk.position() - SnapshotHeader.CHUNK_HEADER_BYTES;
        contentBytes += length;
        chunks++;
        writeBlock(length);
        if (offset - syncedOffset >= SYNC_EVERY_BYTES) {
            file.sync();
            syncedOffset = offset;
        }
    }

    private void writeBlock(int length) throws IOException {
        chunk.flip().putInt(0, length);
        chunk.putInt(Integer.BYTES, SnapshotHeader.chunkCrc(checksum, chunk, zxid, offset));
        long next = offset + chunk.limit();
        file.write(chunk, offset);
        offset = next;
        chunk.clear().position(SnapshotHeader.CHUNK_HEADER_BYTES);
    }
}
