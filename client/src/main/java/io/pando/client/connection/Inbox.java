package io.pando.client.connection;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where callers on any thread leave errands for the event loop, which carries them out in that order. However many are left before it
 * gets to them, it is woken once. What bounds it is the number of requests that a client may have open.
 */
final class Inbox {
    private final EventLoop loop;
    private final Runnable afterwards;
    private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();

    // Set by the caller that wakes the loop, cleared by the loop before it looks.
    private final AtomicBoolean known = new AtomicBoolean();

    // Written by the loop, read by callers.
    private volatile boolean closed;

    /**
     * An empty inbox.
     *
     * @param afterwards run on the loop when it has emptied the inbox
     */
    Inbox(EventLoop loop, Runnable afterwards) {
        this.loop = loop;
        this.afterwards = afterwards;
    }

    /** False when the client is closed; then the errand is dropped. */
    boolean leave(Runnable errand) {
        if (closed) {
            return false;
        }
        errands.add(errand);
        if (known.compareAndSet(false, true)) {
            try {
                loop.execute(this::carryOut);
            } catch (RejectedExecutionException closedMeanwhile) {
                return false;
            }
        }
        return true;
    }

    /** Takes no more, and carries out what was left. On the loop. */
    void close() {
        closed = true;
        empty();
    }

    private void carryOut() {
        known.set(false);
        empty();
        afterwards.run();
    }

    /** Carries out what was left by now. On the loop; also from within an errand. */
    void empty() {
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
        }
    }
}
