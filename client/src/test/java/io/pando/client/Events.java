package io.pando.client;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Collects what a client tells, of its connection or of what it follows, for a test to take one by one. */
final class Events<T> implements Consumer<T> {
    private final LinkedBlockingQueue<T> queue = new LinkedBlockingQueue<>();

    @Override
    public void accept(T event) {
        queue.add(event);
    }

    /** The next event, which has to be of this kind. */
    <E extends T> E next(Class<E> kind) throws InterruptedException {
        T event = queue.poll(20, TimeUnit.SECONDS);
        if (!kind.isInstance(event)) {
            throw new AssertionError("Not a " + kind.getSimpleName() + " but " + event);
        }
        return kind.cast(event);
    }

    /** The next event of this kind; others before it are passed over. */
    <E extends T> E nextOf(Class<E> kind) throws InterruptedException {
        while (true) {
            T event = queue.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("No " + kind.getSimpleName());
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }
}
