package io.pando.recipes.cache;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionState;
import io.pando.client.watch.Handle;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.steps.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A picture of a znode and all below it, kept up to date. It says how current it is, and tells listeners of every latest state: none is
 * missed and none told twice, whatever happens to connections and sessions.
 *
 * <pre>{@code
 * try (var cache = new TreeCache(pando, "/config")) {
 *     cache.awaitInSync(Duration.ofSeconds(10));
 *     cache.listen(event -> ...);
 *     cache.get("/config/colour").map(CachedNode::text);
 * }
 * }</pre>
 *
 * <p>What a cache can't promise: that the tree has not changed since. Between two states that a listener is told there may have been
 * others, and states of different znodes are those of slightly different moments until the cache is in sync. Znodes that this client
 * may not read are left out.
 *
 * <p>Used by any thread. Listeners are called on the client's callback thread, one event after another.
 */
public final class TreeCache implements AutoCloseable {
    private static final int ALL_GENERATIONS = Integer.MAX_VALUE;

    private final String path;
    private final Picture picture = new Picture();
    private final Gardener gardener;
    private final Handle connection;

    /**
     * Begins to read.
     *
     * @param path of the topmost znode, which need not exist, nor stay
     */
    public TreeCache(Pando pando, String path) {
        this(pando, path, ALL_GENERATIONS);
    }

    /**
     * Begins to read.
     *
     * @param depth how many generations below the topmost znode belong to the picture: 0 for that one alone, 1 for its children, …
     */
    public TreeCache(Pando pando, String path, int depth) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new IllegalArgumentException("\"" + path + "\": " + problem);
        }
        if (depth < 0) {
            throw new IllegalArgumentException("A depth of " + depth + " is below 0");
        }
        this.path = path;
        this.gardener = new Gardener(pando, path, depth, picture);
        this.connection = pando.listen(gardener::onConnection);
        gardener.start(pando.state() == ConnectionState.CONNECTED);
    }

    public String path() {
        return path;
    }

    /** A znode, as the picture has it; empty if it is absent there. */
    public Optional<CachedNode> get(String znode) {
        return Optional.ofNullable(picture.nodes().get(znode));
    }

    /** The children of a znode, by name. */
    public SortedMap<String, CachedNode> children(String znode) {
        String prefix = znode.equals(ZnodePath.ROOT) ? znode : znode + "/";
        SortedMap<String, CachedNode> children = new TreeMap<>();
        for (Map.Entry<String, CachedNode> each :
                picture.nodes().tailMap(prefix, false).entrySet()) {
            if (!each.getKey().startsWith(prefix)) {
                break;
            }
            if (each.getKey().indexOf('/', prefix.length()) < 0) {
                children.put(each.getKey().substring(prefix.length()), each.getValue());
            }
        }
        return children;
    }

    /** All znodes by path, as they are in this moment; a copy. */
    public SortedMap<String, CachedNode> all() {
        return new TreeMap<>(picture.nodes());
    }

    /**
     * The picture shows all that happened to its znodes up to this change of the tree, at least; later ones perhaps. It does not grow
     * while nothing changes there. 0 before it was in sync for the first time.
     */
    public long asOfZxid() {
        return picture.asOfZxid();
    }

    /**
     * Since when the picture may be growing old: when it was noticed that the connection is gone, until all that was missed is read. A
     * link that falls silent is noticed later than it is gone. Empty while there is a connection and all that the server told is read;
     * the server itself may lag behind its ensemble (see {@link #refresh}).
     */
    public Optional<Instant> staleSince() {
        return picture.staleSince();
    }

    /** Completes when the picture was complete for the first time. */
    public CompletableFuture<Void> inSync() {
        return picture.firstSync().copy();
    }

    /**
     * Waits until the picture was complete for the first time. Not for callbacks of the client.
     *
     * @throws TimeoutException when that takes longer
     */
    public void awaitInSync(Duration atMost) throws InterruptedException, TimeoutException {
        Steps.get(inSync(), atMost.toNanos(), "the first picture of " + path);
    }

    /** Makes the picture show all that was committed before this call, anywhere in the ensemble; completes when it does. */
    public CompletableFuture<Void> refresh() {
        return gardener.refresh();
    }

    /**
     * Is told everything that the picture shows now, as updates, and everything that happens to it from then on.
     *
     * @return ends that
     */
    public Handle listen(Consumer<CacheEvent> listener) {
        return gardener.listen(listener);
    }

    /** Ends the watches and tells nobody anything any more. */
    @Override
    public void close() {
        connection.close();
        gardener.close();
    }

    @Override
    public String toString() {
        return "cache of " + path + " as of 0x" + Long.toHexString(asOfZxid());
    }
}
