package io.pando.zab.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** What the servers agree to do to: the server module brings it. Called on the core thread only. */
public interface StateMachine {

    /**
     * Replaces the state by that of a snapshot. If this throws, or reading the stream does, the state must be what it was before:
     * the snapshot was damaged and an older one may follow.
     */
    void install(InputStream snapshot, long zxid) throws IOException;

    /** One committed transaction, in the order of zxids. The payload is read-only and valid only during this call. */
    void deliver(long zxid, ByteBuffer payload);

    /** An immutable view of the state after the last transaction delivered. Must be cheap. */
    SnapshotBody capture();
}
