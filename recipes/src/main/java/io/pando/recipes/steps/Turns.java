package io.pando.recipes.steps;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a recipe keeps to itself is touched in turns: one task after another, each in the thread that brings it, or in the one that is
 * busy with an earlier one. Nearly all come from the client's callback thread, and so that is where listeners are called; a timer and
 * the thread that opens or closes the recipe bring the others. Nobody waits for a turn.
 */
public final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Runs the task behind those that were brought earlier. */
    public void take(Runnable task) {
        queue.add(task);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = queue.poll();
            if (next != null) {
                run(next);
            }
        } while (waiting.decrementAndGet() > 0);
    }

    /** Takes a turn later. */
    public void takeAfter(long ms, Runnable task) {
        CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS).execute(() -> take(task));
    }

    /** What a listener throws is its own affair: it is logged, and those behind it are told all the same. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error thrown) {
            LOG.error("A listener of a recipe threw an exception", thrown);
        }
    }
}
