package io.pando.test.bench.load;

import java.nio.ByteBuffer;

/** What a connection asks, one request after the other. Lives on the load thread, and may be shared by connections. */
public interface Requests {
    /** No request is longer. */
    int maxBytes();

    /** Appends the next request. */
    void putNext(ByteBuffer batch, int xid);

    /** Whether there is a next one; endless unless overridden. */
    default boolean more() {
        return true;
    }

    /** The error code in the reply that begins at {@code at}, 0 if it went well. */
    default int errorIn(ByteBuffer in, int at) {
        return Reply.error(in, at);
    }
}
