package io.pando.recipes.queue;

import io.pando.client.Pando;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.client.error.PandoException;
import io.pando.client.error.TransactionFailedException;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue whose items are worked on under a {@link Claim}: an item stays in the tree until the claim on it is done, and goes to another
 * worker when the session of the one that claimed it ends before.
 *
 * <pre>{@code
 * var queue = new WorkQueue(pando, "/mails", "/mails-claims");
 * queue.put("one".getBytes(UTF_8));
 * try (Claim claim = queue.take(Duration.ofMinutes(1))) {
 *     send(claim.item());
 *     claim.done();
 * }
 * }</pre>
 *
 * <p>So every item is worked on at least once, and {@link Claim#done} succeeds exactly once. A worker that stands still may find out
 * too late that its item was given to another: where the work itself must not be done twice, make its effect a part of the tree or
 * check for it there.
 *
 * <p>Znodes are named {@code queue-…} and hold their items as those of Curator's {@code DistributedQueue} do; one that was built with
 * the same lock path shares the queue, and each item goes to one of both. Curator's queues without a lock path delete items before
 * they work on them, and pay no heed to claims.
 *
 * <p>Meant for hundreds of waiting items, not for tens of thousands: a worker reads the names of all. Used by any thread.
 */
public final class WorkQueue {
    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final String PREFIX = "queue-";

    private final Pando pando;
    private final String path;
    private final String claims;
    private final Arrivals arrivals;

    /**
     * A queue.
     *
     * @param path of its znode, made by the first item
     * @param claimPath of the znode below which claims are; it must be another, and is made by the first claim
     */
    public WorkQueue(Pando pando, String path, String claimPath) {
        if (path.equals(claimPath)) {
            throw new IllegalArgumentException("Items and claims can't both be below " + path);
        }
        this.pando = pando;
        this.path = path;
        this.claims = claimPath;
        this.arrivals = new Arrivals(pando, path, PREFIX);
    }

    /**
     * Puts an item behind all others.
     *
     * @throws UnknownOutcomeException when it may be in the queue or not
     */
    public void put(byte[] item) throws InterruptedException {
        Steps.now(asker -> put(asker, "", List.of(item)));
    }

    /** As {@link #put(byte[])}. */
    public CompletableFuture<Void> putAsync(byte[] item) {
        return putAsync("", List.of(item));
    }

    /**
     * Puts items that will be claimed together.
     *
     * @param order decides when they are due: it comes before the running number in the znode's name, and names are in the order of text
     */
    public void put(String order, List<byte[]> items) throws InterruptedException {
        Steps.now(asker -> put(asker, order, items));
    }

    /** As {@link #put(String, List)}. */
    public CompletableFuture<Void> putAsync(String order, List<byte[]> items) {
        return Steps.async(asker -> put(asker, order, items));
    }

    /** Claims what is due first among what nobody has claimed; empty if there is nothing. */
    public Optional<Claim> claim() throws InterruptedException {
        return Steps.now(this::claim);
    }

    /** As {@link #claim()}. */
    public CompletableFuture<Optional<Claim>> claimAsync() {
        return Steps.async(this::claim);
    }

    /**
     * Claims what is due first, and waits until there is something. Not for callbacks of the client.
     *
     * @throws TimeoutException when there is nothing for so long
     */
    public Claim take(Duration atMost) throws InterruptedException, TimeoutException {
        return Steps.get(takeAsync(), atMost.toNanos(), "an item of " + path);
    }

    /** Claims what is due first as soon as there is something. Cancelling it gives up the wait, or releases what was just claimed. */
    public CompletableFuture<Claim> takeAsync() {
        CompletableFuture<Claim> taken = new CompletableFuture<>();
        CompletableFuture<Claim> awaited = arrivals.await(claims, this::claimAsync);
        awaited.whenComplete((claim, failure) -> {
            if (failure != null) {
                taken.completeExceptionally(failure);
            } else if (!taken.complete(claim)) {
                claim.close();
            }
        });
        taken.whenComplete((claim, failure) -> {
            if (failure != null && !awaited.cancel(false) && !awaited.isCompletedExceptionally()) {
                awaited.thenAccept(Claim::close);
            }
        });
        return taken;
    }

    /** How many znodes there are, claimed ones included. */
    public int size() throws InterruptedException {
        return Steps.now(arrivals::inOrder).size();
    }

    private CompletableFuture<Void> put(Asker asker, String order, List<byte[]> items) {
        return asker.ask(pando.create(path + "/" + PREFIX + order)
                        .data(Bundle.encode(items))
                        .mode(CreateMode.PERSISTENT_SEQUENTIAL)
                        .makeParents(CreateMode.CONTAINER))
                .thenApply(created -> null);
    }

    private CompletableFuture<Optional<Claim>> claim(Asker asker) {
        return arrivals.inOrder(asker)
                .thenCompose(items -> claimed(asker).thenCompose(taken -> {
                    List<String> free = items.stream()
                            .filter(item -> !taken.contains(ZnodePath.nameOf(item)))
                            .toList();
                    return first(asker, free, 0);
                }));
    }

    private CompletableFuture<Set<String>> claimed(Asker asker) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getChildren(claims)).thenApply(children -> new HashSet<>(children.names())),
                absent -> CompletableFuture.completedFuture(new HashSet<>()));
    }

    /** The first of these that can be claimed. */
    private CompletableFuture<Optional<Claim>> first(Asker asker, List<String> items, int from) {
        if (from == items.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return claim(asker, items.get(from))
                .thenCompose(claim ->
                        claim.isPresent() ? CompletableFuture.completedFuture(claim) : first(asker, items, from + 1));
    }

    /** Claims this one, unless another is faster. */
    private CompletableFuture<Optional<Claim>> claim(Asker asker, String item) {
        CompletableFuture<Optional<Claim>> claim = asker.ask(pando.getData(item))
                .thenCompose(read -> {
                    List<byte[]> items;
                    try {
                        items = Bundle.decode(read.data());
                    } catch (IllegalArgumentException foreign) {
                        LOG.warn("{} holds nothing that a queue could hand out: it {}", item, foreign.getMessage());
                        return nothing();
                    }
                    byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
                    Claim wanted = new Claim(
                            pando,
                            item,
                            ZnodePath.childOf(claims, ZnodePath.nameOf(item)),
                            id,
                            read.stat().version() + 1,
                            items);
                    return claim(asker, wanted, read.data());
                });
        return Steps.orIf(NoNodeException.class, claim, taken -> nothing());
    }

    /**
     * To claim an item is to create the ephemeral and to raise the item's version at once. The version tells later whether anybody
     * has claimed it since, which the ephemeral, of the same name each time, could not.
     */
    private CompletableFuture<Optional<Claim>> claim(Asker asker, Claim wanted, byte[] data) {
        CompletableFuture<Optional<Claim>> claim = asker.ask(pando.transaction()
                        .create(wanted.lock(), wanted.id(), CreateMode.EPHEMERAL)
                        .setData(wanted.path(), data, wanted.version() - 1))
                .thenApply(done -> Optional.of(wanted.begin()));
        return claim.exceptionallyCompose(failure -> {
            Throwable cause = Steps.cause(failure);
            if (cause instanceof TransactionFailedException failed) {
                return refused(asker, wanted, data, failed);
            }
            if (cause instanceof UnknownOutcomeException unknown
                    && unknown.reason() == UnknownOutcomeException.Reason.CONNECTION_LOST) {
                return look(asker, wanted);
            }
            return CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<Optional<Claim>> refused(
            Asker asker, Claim wanted, byte[] data, TransactionFailedException failed) {
        PandoException why = failed.failure();
        if (why instanceof NoNodeException && failed.index() == 0) {
            return Steps.orIf(
                            NodeExistsException.class,
                            asker.ask(pando.create(claims)
                                            .mode(CreateMode.CONTAINER)
                                            .makeParents(CreateMode.CONTAINER))
                                    .thenApply(created -> true),
                            exists -> CompletableFuture.completedFuture(true))
                    .thenCompose(made -> claim(asker, wanted, data));
        }
        boolean anotherWasFaster = why instanceof NodeExistsException
                || why instanceof NoNodeException
                || why instanceof BadVersionException;
        return anotherWasFaster ? nothing() : CompletableFuture.failedFuture(failed);
    }

    /** The answer was lost; the id in the ephemeral says whose claim it is. */
    private CompletableFuture<Optional<Claim>> look(Asker asker, Claim wanted) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getData(wanted.lock()).linearizable())
                        .thenApply(lock -> Arrays.equals(lock.data(), wanted.id())
                                ? Optional.of(wanted.begin())
                                : Optional.empty()),
                absent -> nothing());
    }

    private static CompletableFuture<Optional<Claim>> nothing() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public String toString() {
        return "queue at " + path;
    }
}
