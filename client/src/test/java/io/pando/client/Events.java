package io.pando.client;

import io.pando.client.connection.ConnectionEvent;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Collects what a client tells of its connection, for a test to take one by one. */
final class Events implements Consumer<ConnectionEvent> {
    private final LinkedBlockingQueue<ConnectionEvent> queue = new LinkedBlockingQueue<>();

    @Override
    public void accept(ConnectionEvent event) {
        queue.add(event);
    }

    /** The next event, which has to be of this kind. */
    <E extends ConnectionEvent> E next(Class<E> kind) throws InterruptedException {
        ConnectionEvent event = queue.poll(20, TimeUnit.SECONDS);
        if (!kind.isInstance(event)) {
            throw new AssertionError("Not a " + kind.getSimpleName() + " but " + event);
        }
        return kind.cast(event);
    }

    /** The next event of this kind; others before it are passed over. */
    <E extends ConnectionEvent> E nextOf(Class<E> kind) throws InterruptedException {
        while (true) {
            ConnectionEvent event = queue.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("No " + kind.getSimpleName());
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }
}
