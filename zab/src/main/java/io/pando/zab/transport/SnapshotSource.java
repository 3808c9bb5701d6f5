package io.pando.zab.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A snapshot that another server may fetch, open until it is closed. Read by one thread that may block. */
public interface SnapshotSource extends Closeable {

    /** The last record in it. */
    long zxid();

    long lengthBytes();

    /**
     * Reads from {@code offset} into the buffer.
     *
     * @return how many bytes, at least 1; -1 behind the end
     */
    int read(ByteBuffer into, long offset) throws IOException;
}
