package io.pando.recipes.queue;

import io.pando.client.Pando;
import io.pando.client.connection.Session;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.TransactionFailedException;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work that is nobody else's, for as long as the session lives that claimed it. Ends by {@link #done}, which removes it from the queue,
 * or by {@link #close}, which leaves it there for the next worker. Used by any thread, in callbacks of the client too.
 */
public final class Claim implements AutoCloseable {
    private final Pando pando;
    private final String path;
    private final String lock;
    private final byte[] id;
    private final int version;
    private final List<byte[]> items;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Optional<Session> session = Optional.empty(); // set once, when the claim begins

    Claim(Pando pando, String path, String lock, byte[] id, int version, List<byte[]> items) {
        this.pando = pando;
        this.path = path;
        this.lock = lock;
        this.id = id;
        this.version = version;
        this.items = List.copyOf(items);
    }

    Claim begin() {
        session = pando.session();
        return this;
    }

    String lock() {
        return lock;
    }

    byte[] id() {
        return id;
    }

    int version() {
        return version;
    }

    /** Of the znode that is claimed. */
    public String path() {
        return path;
    }

    /** What was put together; mostly one. */
    public List<byte[]> items() {
        return items;
    }

    /**
     * The one item.
     *
     * @throws IllegalStateException when there are several, or none
     */
    public byte[] item() {
        if (items.size() != 1) {
            throw new IllegalStateException(path + " holds " + items.size() + " items, not one");
        }
        return items.get(0);
    }

    /**
     * The work is done: removes it from the queue.
     *
     * @return false if the claim had been lost, with its session: the work is another's now, or was done by another
     * @throws UnknownOutcomeException when nobody can tell
     */
    public boolean done() throws InterruptedException {
        over.set(true);
        return Steps.now(this::done);
    }

    /** As {@link #done()}. */
    public CompletableFuture<Boolean> doneAsync() {
        over.set(true);
        return Steps.async(this::done);
    }

    /** Leaves the work to the next worker, if it is not done. Does not wait. */
    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            releaseAsync();
        }
    }

    /** Leaves the work to the next worker; completes when others can have it. */
    public CompletableFuture<Void> releaseAsync() {
        over.set(true);
        return Steps.async(asker -> Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getData(lock))
                        .thenCompose(held -> Arrays.equals(held.data(), id)
                                ? asker.ask(pando.delete(lock).quietly()).thenApply(deleted -> (Void) null)
                                : CompletableFuture.completedFuture(null)),
                gone -> CompletableFuture.completedFuture(null)));
    }

    private CompletableFuture<Boolean> done(Asker asker) {
        CompletableFuture<Boolean> done = asker.ask(
                        pando.transaction().delete(path, version).delete(lock))
                .thenApply(result -> true);
        return done.exceptionallyCompose(failure -> {
            Throwable cause = Steps.cause(failure);
            if (cause instanceof TransactionFailedException failed) {
                return refused(asker, failed);
            }
            return cause instanceof UnknownOutcomeException unknown
                    ? look(asker, unknown)
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<Boolean> refused(Asker asker, TransactionFailedException failed) {
        Throwable why = failed.failure();
        if (failed.index() == 1 && why instanceof NoNodeException) {
            // The ephemeral went with its session, but the version says that nobody has claimed the item since.
            return lost(asker.ask(pando.delete(path).version(version)));
        }
        return lost(CompletableFuture.failedFuture(failed));
    }

    private static CompletableFuture<Boolean> lost(CompletableFuture<Boolean> deleted) {
        CompletableFuture<Boolean> known =
                Steps.orIf(BadVersionException.class, deleted, claimed -> CompletableFuture.completedFuture(false));
        return Steps.orIf(NoNodeException.class, known, done -> CompletableFuture.completedFuture(false));
    }

    /** As long as the session is the same, nobody else could claim the item; so if it is gone, it was this claim that removed it. */
    private CompletableFuture<Boolean> look(Asker asker, UnknownOutcomeException unknown) {
        return asker.ask(pando.exists(path).linearizable()).thenCompose(item -> {
            if (item.isPresent()) {
                return item.get().version() == version ? done(asker) : CompletableFuture.completedFuture(false);
            }
            return session.equals(pando.session())
                    ? CompletableFuture.completedFuture(true)
                    : CompletableFuture.failedFuture(unknown);
        });
    }

    @Override
    public String toString() {
        return "claim on " + path;
    }
}
