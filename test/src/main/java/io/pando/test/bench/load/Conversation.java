package io.pando.test.bench.load;

import java.nio.ByteBuffer;

/**
 * What one connection says and how it takes what it is told. Lives on the load thread.
 *
 * <p>For everything that arrived at once, {@link #onFrame} is called per frame and then {@link #onBatch} once: what it
 * puts into the batch leaves in one write.
 */
interface Conversation {
    /** A frame whose first {@link Reply#HEAD_BYTES} bytes, or all if it is shorter, lie in {@code in} from {@code at}. */
    void onFrame(ByteBuffer in, int at, long nowNanos);

    /** All frames that arrived together were told. */
    default void onBatch(Connection connection, long nowNanos) {}

    /** The server ended the connection. */
    default void onClosed(Connection connection) {
        throw new LoadException(connection + " was closed by the server.");
    }
}
