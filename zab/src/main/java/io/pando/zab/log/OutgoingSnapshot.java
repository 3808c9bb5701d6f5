package io.pando.zab.log;

import io.pando.zab.model.SnapshotMeta;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A verified snapshot to be sent to another server as it lies on the disk. Stays readable when it is purged meanwhile. */
public final class OutgoingSnapshot implements Closeable {
    private final StoredFile file;
    private final SnapshotMeta meta;
    private final long lengthBytes;

    OutgoingSnapshot(StoredFile file, SnapshotMeta meta, long lengthBytes) {
        this.file = file;
        this.meta = meta;
        this.lengthBytes = lengthBytes;
    }

    public SnapshotMeta meta() {
        return meta;
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    /** Fills the buffer from this offset on, as far as the file reaches; returns how many bytes that were. Any thread. */
    public int read(ByteBuffer target, long offset) throws IOException {
        return file.read(target, offset);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
