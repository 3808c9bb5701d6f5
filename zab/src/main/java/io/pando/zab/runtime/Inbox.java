package io.pando.zab.runtime;

import io.pando.zab.core.Event;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.transport.LinkListener;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What other threads have for the core, in the order it came: from links, disks and snapshots. Whoever puts something in rings the
 * doorbell.
 *
 * <p>Bounded where it could grow: messages are refused while too many wait, and their links are read later. Links that come and go
 * and answers to the core's own requests are few.
 */
final class Inbox implements LinkListener {
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final int mostMessages;
    private final Runnable doorbell;

    /** @param mostMessages that may wait here: 1 or more */
    Inbox(int mostMessages, Runnable doorbell) {
        this.mostMessages = mostMessages;
        this.doorbell = doorbell;
    }

    /** Any thread. */
    void put(Event event) {
        events.add(event);
        doorbell.run();
    }

    @Override
    public void up(Link link, Hello hello) {
        put(new Event.LinkUp(link, hello));
    }

    @Override
    public boolean received(Link link, Message message) {
        if (messages.get() >= mostMessages) {
            return false;
        }
        messages.incrementAndGet();
        put(new Event.Received(link, message));
        return true;
    }

    @Override
    public void down(Link link, String why) {
        put(new Event.LinkDown(link, why));
    }

    /** The next event, or null. Core thread. */
    @Nullable
    Event take() {
        Event next = events.poll();
        if (next instanceof Event.Received) {
            messages.decrementAndGet();
        }
        return next;
    }
}
