package io.pando.zab.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a fetched snapshot goes. Called in this order by one thread that may block. */
public interface SnapshotSink {

    /** A snapshot begins; whatever of another one was written before is of no more use. */
    void begin(long zxid, long lengthBytes) throws IOException;

    /** The next bytes of it, without gap. */
    void write(ByteBuffer bytes, long offset) throws IOException;

    /** All bytes were written. Whether they are a valid snapshot is for the sink to find out, and to say by throwing. */
    void complete() throws IOException;

    /** The transfer has failed or was given up; nothing more comes. */
    void abandon();
}
