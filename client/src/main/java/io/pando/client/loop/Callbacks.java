package io.pando.client.loop;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the callbacks of one client, one after another, in the order in which their causes arrived, and never on an event loop.
 * One that takes long is named in the log, since all behind it wait. Fed from any thread; a counter of those that wait decides
 * which feeder starts a run.
 */
public final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final Executor executor;
    private final long slowNanos;
    private final ConcurrentLinkedQueue<Callback> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    // Written by the thread that runs callbacks, read by the loop that looks for slow ones.
    private volatile @Nullable Running running;

    /**
     * Callbacks of one client.
     *
     * @param slowMs from when on a callback is named in the log
     */
    public Callbacks(Executor executor, long slowMs) {
        this.executor = executor;
        this.slowNanos = TimeUnit.MILLISECONDS.toNanos(slowMs);
    }

    /**
     * Runs a callback behind those that wait.
     *
     * @param who is named, by its {@code toString()}, when the callback takes long or throws
     */
    public void execute(Object who, Runnable task) {
        queue.add(new Callback(who, task));
        if (waiting.getAndIncrement() == 0) {
            try {
                executor.execute(this::runAll);
            } catch (RejectedExecutionException closed) {
                // The client is closed, so whoever asks it something now is the application itself.
                runAll();
            }
        }
    }

    /** How many have not been run to their end. */
    public int waiting() {
        return waiting.get();
    }

    /** Names a callback that has been running for too long, once. To be called now and then. */
    public void nameSlowOne(long nowNanos) {
        Running current = running;
        if (current == null || current.named || nowNanos - current.sinceNanos < slowNanos) {
            return;
        }
        current.named = true;
        StackTraceElement[] stack = current.thread.getStackTrace();
        LOG.warn(
                "The callback of {} has been running for {} ms, and {} others wait behind it; it is at {}",
                current.who,
                TimeUnit.NANOSECONDS.toMillis(nowNanos - current.sinceNanos),
                waiting.get() - 1,
                stack.length == 0 ? "its end" : stack[0]);
    }

    private void runAll() {
        do {
            Callback next = queue.poll();
            if (next != null) {
                run(next);
            }
        } while (waiting.decrementAndGet() > 0);
    }

    private void run(Callback callback) {
        running = new Running(callback.who, Thread.currentThread(), System.nanoTime());
        guarded(callback.who, callback.task);
        running = null;
    }

    /** Runs it here and now; what it throws is logged, so that the next one does not suffer and its author knows. */
    public void guarded(Object who, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error thrown) {
            LOG.error("The callback of {} threw an exception", who, thrown);
        }
    }

    private record Callback(Object who, Runnable task) {}

    private static final class Running {
        private final Object who;
        private final Thread thread;
        private final long sinceNanos;
        private volatile boolean named; // set by the loop that named it; one loop per client

        Running(Object who, Thread thread, long sinceNanos) {
            this.who = who;
            this.thread = thread;
            this.sinceNanos = sinceNanos;
        }
    }
}
