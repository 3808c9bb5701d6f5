package io.pando.zab.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Receives what the disk remembers: at most one snapshot that is intact, then the transactions after it. */
public interface RecoveryTarget {

    /** Replaces the state. If this throws, or reading does, the state must be what it was before: an older snapshot may follow. */
    void install(InputStream snapshot, long zxid) throws IOException;

    /** The next transaction; the payload is valid only during this call. */
    void deliver(long zxid, ByteBuffer payload);
}
