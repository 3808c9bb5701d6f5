package io.pando.server.socket;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** What was sent to a client that did not take it at once. Event loop, but for how much it is. */
final class Unsent {
    /** Above so much the client counts as one that does not take what it is sent; until no more than the second is left. */
    private static final int FULL_BYTES = 64 * 1024;

    private static final int TAKING_AGAIN_BYTES = 32 * 1024;

    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private volatile long bytes; // written by the event loop
    private boolean full;

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether it is so much that nothing should be added. */
    boolean isFull() {
        return full;
    }

    /** Any thread. */
    long bytes() {
        return bytes;
    }

    /** Takes them over. */
    void add(ByteBuf more) {
        waiting.add(more);
        grow(more.readableBytes());
    }

    /** Sends what the system takes. */
    void send(TcpSocket socket) throws IOException {
        while (!waiting.isEmpty()) {
            ByteBuf next = waiting.element();
            grow(-socket.send(next));
            if (next.isReadable()) {
                return;
            }
            waiting.remove().release();
        }
    }

    private void grow(int more) {
        long now = bytes + more;
        bytes = now;
        full = now > (full ? TAKING_AGAIN_BYTES : FULL_BYTES);
    }

    void release() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        bytes = 0;
    }
}
