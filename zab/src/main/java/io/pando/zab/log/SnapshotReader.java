package io.pando.zab.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/** Reads the content of a snapshot, giving out no byte before its chunk's checksum was right, and no end before the footer's. */
final class SnapshotReader extends InputStream {
    private final StoredFile file;
    private final Path path;
    private final SnapshotHeader header;
    private final Checksum checksum = new Checksum();
    private final ByteBuffer chunk =
            ByteBuffer.allocate(SnapshotHeader.CHUNK_HEADER_BYTES + SnapshotHeader.CHUNK_BYTES);

    private long offset;
    private long contentBytes;
    private long chunks;
    private boolean ended;

    private SnapshotReader(StoredFile file, Path path, SnapshotHeader.Found found) {
        this.file = file;
        this.path = path;
        this.header = found.header();
        this.offset = found.lengthBytes();
        chunk.limit(0);
    }

    static SnapshotReader open(FileSystem files, Path path) throws IOException {
        StoredFile file = files.open(path);
        try {
            return new SnapshotReader(file, path, SnapshotHeader.read(file, path));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    SnapshotHeader header() {
        return header;
    }

    /** Of the whole file. */
    long lengthBytes() throws IOException {
        return file.size();
    }

    @Override
    public int read() throws IOException {
        return hasContent() ? chunk.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, target.length);
        if (count == 0) {
            return 0;
        }
        if (!hasContent()) {
            return -1;
        }
        int step = Math.min(count, chunk.remaining());
        chunk.get(target, from, step);
        return step;
    }

    @Override
    public int available() {
        return chunk.remaining();
    }

    private boolean hasContent() throws IOException {
        if (!chunk.hasRemaining() && !ended) {
            readChunk();
        }
        return chunk.hasRemaining();
    }

    private void readChunk() throws IOException {
        chunk.clear();
        int read = file.read(chunk, offset);
        if (read < SnapshotHeader.CHUNK_HEADER_BYTES) {
            throw damaged("it ends in the middle");
        }
        int length = chunk.getInt(0);
        int blockBytes =
                length == 0 ? SnapshotHeader.FOOTER_BYTES : SnapshotHeader.CHUNK_HEADER_BYTES + Math.max(0, length);
        if (length < 0 || length > SnapshotHeader.CHUNK_BYTES || blockBytes > read) {
            throw damaged("a chunk of impossible length " + length);
        }
        chunk.limit(blockBytes).position(0);
        if (SnapshotHeader.chunkCrc(checksum, chunk, header.meta().zxid(), offset) != chunk.getInt(Integer.BYTES)) {
            throw damaged("a chunk fails its checksum");
        }
        chunk.position(SnapshotHeader.CHUNK_HEADER_BYTES);
        if (length == 0) {
            checkFooter();
            return;
        }
        offset += blockBytes;
        contentBytes += length;
        chunks++;
    }

    private void checkFooter() throws IOException {
        boolean sound = chunk.getLong() == contentBytes
                && chunk.getLong() == chunks
                && chunk.getLong() == SnapshotHeader.END_MAGIC
                && offset + SnapshotHeader.FOOTER_BYTES == file.size();
        if (!sound) {
            throw damaged("its footer contradicts its chunks");
        }
        ended = true;
    }

    private DamagedSnapshotException damaged(String what) {
        return new DamagedSnapshotException(path, offset, what);
    }

    /** Reads what is left; returns normally only if the whole snapshot is intact. */
    void verifyToEnd() throws IOException {
        while (!ended) {
            chunk.position(chunk.limit());
            hasContent();
        }
    }

    long fileBytes() throws IOException {
        return file.size();
    }

    long contentBytes() {
        return contentBytes;
    }

    long chunks() {
        return chunks;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
