package io.pando.recipes.priorityqueue;

import io.pando.client.Pando;
import io.pando.recipes.queue.Claim;
import io.pando.recipes.queue.WorkQueue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * A {@link WorkQueue} whose items with the lowest priority number are due first, and among equals those that were put first. What is said
 * there of claims and of Curator's queues holds here too, with Curator's {@code DistributedPriorityQueue} for its
 * {@code DistributedQueue}.
 *
 * <p>An urgent item does not interrupt anybody: it goes to the next worker that asks. Used by any thread.
 */
public final class PriorityQueue {
    private final WorkQueue queue;

    /**
     * A queue.
     *
     * @param path of its znode, made by the first item
     * @param claimPath of the znode below which claims are; made by the first claim
     */
    public PriorityQueue(Pando pando, String path, String claimPath) {
        this.queue = new WorkQueue(pando, path, claimPath);
    }

    /**
     * Puts an item behind all others of the same priority.
     *
     * @param priority the lower, the more urgent; may be negative
     */
    public void put(byte[] item, int priority) throws InterruptedException {
        queue.put(order(priority), List.of(item));
    }

    /** As {@link #put(byte[], int)}. */
    public CompletableFuture<Void> putAsync(byte[] item, int priority) {
        return queue.putAsync(order(priority), List.of(item));
    }

    /** Claims the most urgent item that nobody has claimed; empty if there is none. */
    public Optional<Claim> claim() throws InterruptedException {
        return queue.claim();
    }

    /** As {@link #claim()}. */
    public CompletableFuture<Optional<Claim>> claimAsync() {
        return queue.claimAsync();
    }

    /** See {@link WorkQueue#take}. */
    public Claim take(Duration atMost) throws InterruptedException, TimeoutException {
        return queue.take(atMost);
    }

    /** See {@link WorkQueue#takeAsync}. */
    public CompletableFuture<Claim> takeAsync() {
        return queue.takeAsync();
    }

    /** How many items there are, claimed ones included. */
    public int size() throws InterruptedException {
        return queue.size();
    }

    /** Nine characters in the order of the numbers: the sign, 0 for the negative ones, and the bits in hexadecimal. */
    static String order(int priority) {
        return (priority < 0 ? "0" : "1") + String.format(Locale.ROOT, "%08X", priority);
    }

    @Override
    public String toString() {
        return "priority " + queue;
    }
}
