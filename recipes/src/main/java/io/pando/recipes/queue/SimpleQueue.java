package io.pando.recipes.queue;

import io.pando.client.Pando;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.CreateMode;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * A queue whose items are taken by deleting them: each goes to one taker at most. Items of one znode each, named {@code qn-…}, as
 * Curator's {@code SimpleDistributedQueue} and ZooKeeper's own recipe have them, so that all of these share a queue.
 *
 * <p>A taker that dies with an item in its hands takes it along, and when the answer to its delete is lost,
 * {@link io.pando.client.error.UnknownOutcomeException} says that the item may be gone. Where that must not be, use a {@link WorkQueue}.
 *
 * <p>Meant for hundreds of waiting items, not for tens of thousands: a taker reads the names of all. Used by any thread.
 */
public final class SimpleQueue {
    private static final String PREFIX = "qn-";

    private final Pando pando;
    private final String path;
    private final Arrivals arrivals;

    /**
     * A queue.
     *
     * @param path of its znode; made by the first item
     */
    public SimpleQueue(Pando pando, String path) {
        this.pando = pando;
        this.path = path;
        this.arrivals = new Arrivals(pando, path, PREFIX);
    }

    /**
     * Puts an item behind all others.
     *
     * @throws io.pando.client.error.UnknownOutcomeException when it may be in the queue or not
     */
    public void offer(byte[] item) throws InterruptedException {
        Steps.now(asker -> offer(asker, item));
    }

    /** As {@link #offer(byte[])}. */
    public CompletableFuture<Void> offerAsync(byte[] item) {
        return Steps.async(asker -> offer(asker, item));
    }

    /** Takes the first item; empty if there is none. */
    public Optional<byte[]> poll() throws InterruptedException {
        return Steps.now(this::poll);
    }

    /** As {@link #poll()}. */
    public CompletableFuture<Optional<byte[]>> pollAsync() {
        return Steps.async(this::poll);
    }

    /** The first item, which stays; empty if there is none. */
    public Optional<byte[]> peek() throws InterruptedException {
        return Steps.now(asker -> arrivals.inOrder(asker).thenCompose(paths -> first(asker, paths, 0, false)));
    }

    /**
     * Takes the first item, and waits until there is one. Not for callbacks of the client.
     *
     * @throws TimeoutException when there is none for so long
     */
    public byte[] take(Duration atMost) throws InterruptedException, TimeoutException {
        return Steps.get(takeAsync(), atMost.toNanos(), "an item of " + path);
    }

    /**
     * Takes the first item as soon as there is one.
     *
     * @return when it is cancelled in the moment in which an item is taken, that item is lost
     */
    public CompletableFuture<byte[]> takeAsync() {
        return arrivals.await(this::pollAsync);
    }

    private CompletableFuture<Void> offer(Asker asker, byte[] item) {
        return asker.ask(pando.create(path + "/" + PREFIX)
                        .data(item)
                        .mode(CreateMode.PERSISTENT_SEQUENTIAL)
                        .makeParents(CreateMode.CONTAINER))
                .thenApply(created -> null);
    }

    private CompletableFuture<Optional<byte[]>> poll(Asker asker) {
        return arrivals.inOrder(asker).thenCompose(paths -> first(asker, paths, 0, true));
    }

    /** The first of these that nobody else takes meanwhile. */
    private CompletableFuture<Optional<byte[]>> first(Asker asker, List<String> paths, int from, boolean taking) {
        if (from == paths.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<byte[]>> found = asker.ask(pando.getData(paths.get(from)))
                .thenCompose(item -> taking
                        ? asker.ask(pando.delete(paths.get(from))
                                        .version(item.stat().version()))
                                .thenApply(deleted -> Optional.of(item.data()))
                        : CompletableFuture.completedFuture(Optional.of(item.data())));
        found = Steps.orIf(NoNodeException.class, found, taken -> first(asker, paths, from + 1, taking));
        return Steps.orIf(BadVersionException.class, found, changed -> first(asker, paths, from, taking));
    }

    @Override
    public String toString() {
        return "queue at " + path;
    }
}
