package io.pando.zab.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file that is written to, by one thread at a time. */
public interface WritableFile extends Closeable {

    /** Writes all that remains of the first {@code count} buffers, one after the other, from {@code position} on. */
    void write(ByteBuffer[] sources, int count, long position) throws IOException;

    default void write(ByteBuffer source, long position) throws IOException {
        write(new ByteBuffer[] {source}, 1, position);
    }

    /** Returns when everything written, and a changed size, is on the disk. Must never be repeated after it failed. */
    void sync() throws IOException;
}
