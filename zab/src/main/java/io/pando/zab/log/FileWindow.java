package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The part of a file that is in memory: moved forward in large steps, so that scanning costs few and sequential reads. */
final class FileWindow {
    private static final int USUAL_BYTES = 2 * 1024 * 1024;

    private final StoredFile file;
    private final Path path;
    private final long end;

    private ByteBuffer bytes;
    private ByteBuffer readOnly;
    private long start;

    FileWindow(StoredFile file, Path path, long end) {
        this.file = file;
        this.path = path;
        this.end = end;
        this.bytes = ByteBuffer.allocateDirect((int) Math.max(Sectors.BYTES, Math.min(USUAL_BYTES, end)));
        this.readOnly = bytes.asReadOnlyBuffer();
        bytes.limit(0);
    }

    /** Makes {@code length} available bytes from {@code offset} on part of the window; returns their index in {@link #bytes}. */
    int load(long offset, int length) throws IOException {
        if (offset >= start && offset + length <= start + bytes.limit()) {
            return (int) (offset - start);
        }
        if (length > bytes.capacity()) {
            bytes = ByteBuffer.allocateDirect(length);
            readOnly = bytes.asReadOnlyBuffer();
        }
        bytes.clear().limit((int) Math.min(bytes.capacity(), available(offset)));
        start = offset;
        int read;
        try {
            read = file.read(bytes, offset);
        } catch (IOException e) {
            throw new IOException("Reading " + path + " at offset " + offset + " failed: " + e.getMessage(), e);
        }
        bytes.position(0).limit(read);
        if (read < length) {
            throw new IOException("Reading " + path + " at offset " + offset + " gave " + read + " bytes of " + length);
        }
        return 0;
    }

    /** Bytes between this offset and the end of the file. */
    long available(long offset) {
        return Math.max(0, end - offset);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** The same bytes, for others to look at. */
    ByteBuffer readOnly() {
        return readOnly.clear();
    }
}
