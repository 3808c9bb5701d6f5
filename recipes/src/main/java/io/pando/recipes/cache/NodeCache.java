package io.pando.recipes.cache;

import io.pando.client.Pando;
import io.pando.client.watch.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A picture of one znode, kept up to date: a {@link TreeCache} of depth 0. The znode need not exist, nor stay. Used by any thread;
 * listeners are called on the client's callback thread.
 */
public final class NodeCache implements AutoCloseable {
    private final TreeCache tree;

    /** Begins to read. */
    public NodeCache(Pando pando, String path) {
        this.tree = new TreeCache(pando, path, 0);
    }

    /** The znode as it was last seen; empty if it was absent, or not yet read. */
    public Optional<CachedNode> latest() {
        return tree.get(tree.path());
    }

    /** See {@link TreeCache#asOfZxid}. */
    public long asOfZxid() {
        return tree.asOfZxid();
    }

    /** See {@link TreeCache#staleSince}. */
    public Optional<Instant> staleSince() {
        return tree.staleSince();
    }

    /** Completes when the znode was read, or found absent, for the first time. */
    public CompletableFuture<Void> inSync() {
        return tree.inSync();
    }

    /** Waits for that. Not for callbacks of the client. */
    public void awaitInSync(Duration atMost) throws InterruptedException, TimeoutException {
        tree.awaitInSync(atMost);
    }

    /** See {@link TreeCache#refresh}. */
    public CompletableFuture<Void> refresh() {
        return tree.refresh();
    }

    /** Is told of the znode as it is now, if it is there, and of everything that happens to it. */
    public Handle listen(Consumer<CacheEvent> listener) {
        return tree.listen(listener);
    }

    @Override
    public void close() {
        tree.close();
    }

    @Override
    public String toString() {
        return tree.toString();
    }
}
