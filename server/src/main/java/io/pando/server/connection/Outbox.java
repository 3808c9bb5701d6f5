package io.pando.server.connection;

import io.pando.server.core.Outbound;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What the core has for one client, in the order in which it happened. Where the core thread, which fills it, and the
 * connection's event loop, which empties it, meet.
 *
 * <p>While replies are held up by a client that doesn't read, nothing may overtake them. What is due is then kept here, and
 * its size known; only the news that the connection is over can't wait.
 */
final class Outbox {
    private final Queue<Outbound> fromCore = new ConcurrentLinkedQueue<>();
    private @Nullable Queue<Outbound> kept; // event loop; from the first time that something is
    private long keptEventBytes; // event loop

    /** Core thread. */
    void add(Outbound outbound) {
        fromCore.add(outbound);
    }

    /** Takes out the next that may be said once the root of {@code zxid} is published; null for none. Event loop. */
    @Nullable
    Outbound takeUpTo(long zxid) {
        Outbound first = kept == null ? null : kept.poll();
        if (first == null) {
            return isDue(fromCore.peek(), zxid) ? fromCore.poll() : null;
        }
        keptEventBytes -= eventBytes(first);
        return first;
    }

    /** Keeps what may be said up to {@code zxid} for later. Answers whether the connection is over instead. Event loop. */
    boolean keepUpTo(long zxid) {
        while (isDue(fromCore.peek(), zxid)) {
            Outbound next = fromCore.remove();
            if (next instanceof Outbound.Dropped) {
                return true;
            }
            keptEventBytes += eventBytes(next);
            keep(next);
        }
        return false;
    }

    private void keep(Outbound next) {
        if (kept == null) {
            kept = new ArrayDeque<>();
        }
        kept.add(next);
    }

    /** Of the events that are kept: all else that is kept was asked for, and is bounded by that. Event loop. */
    long keptEventBytes() {
        return keptEventBytes;
    }

    private static boolean isDue(@Nullable Outbound next, long zxid) {
        return next != null && next.zxid() <= zxid;
    }

    private static long eventBytes(Outbound outbound) {
        return outbound instanceof Outbound.Event event ? event.event().frameBytes() : 0;
    }
}
