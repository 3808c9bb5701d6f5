package io.pando.recipes.multilock;

import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.line.Blocking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Several locks, read or write locks, or leases of semaphores, that are held all or none. They are acquired one after another in the
 * order in which they are named; when one is not to be had, those that were are released.
 *
 * <p>Two who name the same locks in different orders may wait for each other without end: name them in one order everywhere, by path for
 * instance, or wait with a limit. Not re-entrant. Used by any thread.
 */
public final class MultiLock {
    private final List<Acquirable> parts;

    public MultiLock(List<? extends Acquirable> parts) {
        this.parts = List.copyOf(parts);
    }

    public MultiLock(Acquirable... parts) {
        this(List.of(parts));
    }

    /**
     * Asks for all of them without waiting.
     *
     * @return completes when all are held; cancelled, it gives up the wait and releases what is held already
     */
    public CompletableFuture<HeldTogether> acquireAsync() {
        return new Round(parts).start();
    }

    /** Waits as long as it takes; otherwise as {@link Acquirable#acquire()}. */
    public HeldTogether acquire() throws InterruptedException {
        return Blocking.get(acquireAsync());
    }

    /** Waits for at most so long in all; otherwise as {@link Acquirable#acquire(Duration)}. */
    public HeldTogether acquire(Duration atMost) throws InterruptedException, TimeoutException {
        return Blocking.get(acquireAsync(), atMost, toString());
    }

    @Override
    public String toString() {
        return "all of " + parts;
    }

    /** One attempt. Its steps follow each other; only the one who gives up comes from aside. */
    private static final class Round {
        private final List<Acquirable> parts;
        private final List<Held> held = new ArrayList<>();
        private final CompletableFuture<HeldTogether> result = new CompletableFuture<>();
        private volatile @Nullable CompletableFuture<Held> next;

        Round(List<Acquirable> parts) {
            this.parts = parts;
        }

        CompletableFuture<HeldTogether> start() {
            result.whenComplete((all, failure) -> {
                CompletableFuture<Held> waiting = next;
                if (failure != null && waiting != null) {
                    waiting.cancel(false);
                }
            });
            acquireNext();
            return result;
        }

        private void acquireNext() {
            if (held.size() == parts.size()) {
                if (!result.complete(new HeldTogether(held))) {
                    releaseAll();
                }
                return;
            }
            CompletableFuture<Held> waiting = parts.get(held.size()).acquireAsync();
            next = waiting;
            waiting.whenComplete((one, failure) -> {
                if (failure == null) {
                    held.add(one);
                    acquireNext();
                } else {
                    releaseAll();
                    result.completeExceptionally(failure);
                }
            });
            if (result.isDone()) {
                waiting.cancel(false);
            }
        }

        private void releaseAll() {
            held.forEach(Held::close);
        }
    }
}
