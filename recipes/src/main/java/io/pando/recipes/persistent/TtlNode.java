package io.pando.recipes.persistent;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.steps.Steps;
import io.pando.recipes.steps.Turns;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a znode in existence for as long as its keeper shows signs of life, no matter under which session: unlike an ephemeral it may
 * have children, and outlives a lost session by its time to live.
 *
 * <p>It is a container with one child, {@code touch}, that has the time to live and is written anew three times in it, as Curator's
 * {@code PersistentTtlNode} has it; so the znode itself does not change with every sign of life. Needs a server with znodes that have a
 * time to live. Some time after the last sign of life the server removes the child and then the container, if it has no other children.
 *
 * <p>Used by any thread.
 */
public final class TtlNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TtlNode.class);
    private static final String TOUCH = "touch";

    private final Pando pando;
    private final String path;
    private final byte[] data;
    private final Duration ttl;
    private final Turns turns = new Turns();
    private final CompletableFuture<Void> present = new CompletableFuture<>();
    private boolean closed; // touched in turns

    private TtlNode(Pando pando, String path, byte[] data, Duration ttl) {
        this.pando = pando;
        this.path = path;
        this.data = data.clone();
        this.ttl = ttl;
    }

    /**
     * Begins to keep it. Does not wait.
     *
     * @param ttl for how long it is to outlive the last sign of life, at least; 3 ms at least
     */
    public static TtlNode open(Pando pando, String path, byte[] data, Duration ttl) {
        if (ttl.toMillis() < 3) {
            throw new IllegalArgumentException("A time to live of " + ttl + "; it has to be 3 ms at least");
        }
        TtlNode node = new TtlNode(pando, path, data, ttl);
        node.turns.take(node::touch);
        return node;
    }

    public String path() {
        return path;
    }

    /** Completes when it is there for the first time. */
    public CompletableFuture<Void> present() {
        return present.copy();
    }

    /** Waits for that. Not for callbacks of the client. */
    public void awaitPresent(Duration atMost) throws InterruptedException, TimeoutException {
        Steps.get(present(), atMost.toNanos(), toString());
    }

    private void touch() {
        if (closed) {
            return;
        }
        String touch = ZnodePath.childOf(path, TOUCH);
        CompletableFuture<Boolean> touched = Steps.async(asker -> Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.setData(touch, new byte[0])).thenApply(stat -> true),
                absent -> Steps.orIf(
                                NodeExistsException.class,
                                asker.ask(pando.create(path)
                                                .data(data)
                                                .mode(CreateMode.CONTAINER)
                                                .makeParents(CreateMode.CONTAINER))
                                        .thenApply(created -> true),
                                exists -> CompletableFuture.completedFuture(true))
                        .thenCompose(there -> asker.ask(pando.create(touch)
                                .mode(CreateMode.PERSISTENT_WITH_TTL)
                                .ttl(ttl)))
                        .thenApply(created -> true)));
        touched.whenComplete((done, failure) -> turns.take(() -> {
            if (failure == null) {
                present.complete(null);
            } else if (!closed) {
                LOG.warn("{} got no sign of life this time: {}", path, failure.getMessage());
            }
            turns.takeAfter(ttl.toMillis() / 3, this::touch);
        }));
    }

    /** Gives no more signs of life, and leaves the end to the server. */
    @Override
    public void close() {
        turns.take(() -> closed = true);
    }

    @Override
    public String toString() {
        return "znode " + path + " with a time to live of " + ttl;
    }
}
