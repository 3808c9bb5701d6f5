package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file that is read from, by several threads if need be, and perhaps written to as well. */
public interface StoredFile extends WritableFile {

    /** Fills the buffer as far as the file reaches; returns the bytes read, 0 at the end of the file. */
    int read(ByteBuffer target, long position) throws IOException;

    long size() throws IOException;
}
