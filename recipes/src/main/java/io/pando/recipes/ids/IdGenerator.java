package io.pando.recipes.ids;

import io.pando.client.Pando;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.recipes.counter.AtomicCounter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gives out numbers, each once, among all processes that use the same path; also those that use Curator's {@code CachedAtomicLong}
 * there. It takes them from the tree a block at a time, so that most cost nothing.
 *
 * <pre>{@code
 * var ids = new IdGenerator(pando, "/ids/orders", 1_000);
 * long order = ids.next();
 * }</pre>
 *
 * <p>Not a promise: that there are no gaps, or that a number given out later is higher than one given out earlier elsewhere. What is left
 * of a block when the process ends is lost, and so is a block whose allocation was never answered.
 *
 * <p>Used by any thread, in callbacks of the client too.
 */
public final class IdGenerator {
    private final AtomicCounter counter;
    private final int blockSize;

    /** What is left of the blocks that were allocated; several when several threads ran out at once. Guarded by itself. */
    private final Deque<IdRange> left = new ArrayDeque<>();

    /**
     * A generator.
     *
     * @param path of the counter that all take their blocks from; the first number ever is 0
     * @param blockSize how many to take at a time, 1 at least
     */
    public IdGenerator(Pando pando, String path, int blockSize) {
        if (blockSize < 1) {
            throw new IllegalArgumentException("A block of " + blockSize + " ids; it has to have 1 at least");
        }
        this.counter = new AtomicCounter(pando, path);
        this.blockSize = blockSize;
    }

    /** The next number. */
    public long next() throws InterruptedException {
        Long cached = cached();
        while (cached == null) {
            try {
                long end = counter.add(blockSize);
                return firstOf(new IdRange(end - blockSize, blockSize));
            } catch (UnknownOutcomeException unknown) {
                // Nobody else has got that block either: a gap, and no reason to fail.
                cached = cached();
            }
        }
        return cached;
    }

    /** The next number; at once if a block is at hand. */
    public CompletableFuture<Long> nextAsync() {
        Long cached = cached();
        return cached != null
                ? CompletableFuture.completedFuture(cached)
                : allocateAsync(blockSize).thenApply(this::firstOf);
    }

    /** So many numbers in a row, which are not taken from the generator's blocks. */
    public IdRange allocate(int count) throws InterruptedException {
        while (true) {
            try {
                return endingBefore(counter.add(positive(count)), count);
            } catch (UnknownOutcomeException unknown) {
                // A gap, and no reason to fail.
            }
        }
    }

    /** As {@link #allocate(int)}. */
    public CompletableFuture<IdRange> allocateAsync(int count) {
        return counter.addAsync(positive(count))
                .thenApply(end -> endingBefore(end, count))
                .exceptionallyCompose(failure -> failure instanceof UnknownOutcomeException
                                || failure.getCause() instanceof UnknownOutcomeException
                        ? allocateAsync(count)
                        : CompletableFuture.failedFuture(failure));
    }

    private static int positive(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A range of " + count + " ids; it has to have 1 at least");
        }
        return count;
    }

    private static IdRange endingBefore(long end, int count) {
        return new IdRange(end - count, count);
    }

    private @Nullable Long cached() {
        synchronized (left) {
            IdRange range = left.poll();
            return range == null ? null : firstOf(range);
        }
    }

    private long firstOf(IdRange range) {
        if (range.count() > 1) {
            synchronized (left) {
                left.addFirst(new IdRange(range.first() + 1, range.count() - 1));
            }
        }
        return range.first();
    }

    @Override
    public String toString() {
        return "ids from the " + counter;
    }
}
