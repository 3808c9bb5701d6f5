package io.pando.recipes.config;

import io.pando.client.Pando;
import io.pando.client.error.ClosedException;
import io.pando.client.watch.Handle;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.cache.CacheEvent;
import io.pando.recipes.cache.CachedNode;
import io.pando.recipes.cache.NodeCache;
import io.pando.recipes.steps.Steps;
import io.pando.recipes.steps.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed settings that are changed as a whole: everybody sees one configuration or the next, never half of each.
 *
 * <pre>{@code
 * static final Key<Integer> POOL_SIZE = Key.ofInt("pool/size", 10);
 *
 * try (var config = new ConfigTree(pando, "/config")) {
 *     config.awaitLoaded(Duration.ofSeconds(10));
 *     int size = config.current().get(POOL_SIZE);
 *     config.listen(POOL_SIZE, pool::resize);
 *     config.edit().set(POOL_SIZE, 20).set("banner", "hello").publish();
 * }
 * }</pre>
 *
 * <p>Below the path there are {@code generations}, each a subtree of its own, and {@code current}, whose data is the name of one of them.
 * A configuration is published by writing its generation, which nobody looks at yet, and then that one name, if it is still what the
 * publisher had seen.
 *
 * <p>Used by any thread; listeners are called on the client's callback thread.
 */
public final class ConfigTree implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigTree.class);
    private static final long PATIENCE_MS = 200;

    private final String path;
    private final NodeCache pointer;
    private final Generations generations;
    private final Publisher publisher;
    private final Turns turns = new Turns();
    private final CopyOnWriteArrayList<Consumer<ConfigChange>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private long wantedZxid; // touched in turns: of the latest version of the pointer
    private boolean closed; // touched in turns
    private volatile Configuration published = Configuration.none(); // by this one, and perhaps not yet heard of
    private volatile Configuration current = Configuration.none(); // written in turns

    /**
     * Begins to read.
     *
     * @param path of the znode below which the configuration is; made by the first that is published
     */
    public ConfigTree(Pando pando, String path) {
        String name = ZnodePath.childOf(path, "current");
        this.path = path;
        this.generations = new Generations(pando, path);
        this.publisher = new Publisher(pando, path, name, generations);
        this.pointer = new NodeCache(pando, name);
        pointer.listen(event -> turns.take(() -> on(event)));
    }

    /** The configuration in force; the one with nothing but defaults before it is {@linkplain #loaded loaded}, or as long as there is none. */
    public Configuration current() {
        return current;
    }

    /** Completes when the configuration was read, or found absent, for the first time. */
    public CompletableFuture<Void> loaded() {
        return loaded.copy();
    }

    /**
     * Waits for that. Not for callbacks of the client.
     *
     * @throws TimeoutException when it takes longer
     */
    public void awaitLoaded(Duration atMost) throws InterruptedException, TimeoutException {
        Steps.get(loaded(), atMost.toNanos(), "the configuration at " + path);
    }

    /** Since when there may be a newer configuration that is not known here; see {@link NodeCache#staleSince}. */
    public Optional<Instant> staleSince() {
        return pointer.staleSince();
    }

    /** Is told of every latest configuration that takes the place of another from now on. */
    public Handle listen(Consumer<ConfigChange> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Is told of every latest value of one setting from now on; a value that can't be read is logged and not told. */
    public <T> Handle listen(Key<T> key, Consumer<T> listener) {
        return listen(change -> {
            if (change.names().contains(key.name())) {
                T value = change.after().get(key);
                if (!hasValue(change.before(), key, value)) {
                    listener.accept(value);
                }
            }
        });
    }

    private static <T> boolean hasValue(Configuration configuration, Key<T> key, T value) {
        try {
            return Objects.equals(configuration.get(key), value);
        } catch (BadSettingException unreadable) {
            return false;
        }
    }

    /** Begins to change the configuration in force, or the one that was just published here. */
    public Edit edit() {
        Configuration own = published;
        Configuration heardOf = current;
        return new Edit(publisher, own.zxid() > heardOf.zxid() ? own : heardOf, next -> published = next);
    }

    private void on(CacheEvent event) {
        if (event instanceof CacheEvent.Updated updated) {
            CachedNode node = updated.node();
            wantedZxid = node.stat().mzxid();
            load(node);
        } else if (event instanceof CacheEvent.Removed) {
            wantedZxid = 0;
            published = Configuration.none();
            become(Configuration.none());
        } else if (event instanceof CacheEvent.InSync && pointer.latest().isEmpty()) {
            loaded.complete(null);
        }
    }

    private void load(CachedNode node) {
        String generation = node.text();
        Steps.async(asker -> generations.read(asker, generation))
                .whenComplete((texts, failure) -> turns.take(() -> {
                    if (closed || wantedZxid != node.stat().mzxid()) {
                        return;
                    }
                    if (failure != null && !(failure instanceof ClosedException)) {
                        LOG.warn(
                                "Generation {} of {} can't be read for now: {}",
                                generation,
                                path,
                                failure.getMessage());
                        turns.takeAfter(PATIENCE_MS, () -> load(node));
                    } else if (failure == null && texts.isPresent()) {
                        become(new Configuration(
                                generation, node.stat().version(), node.stat().mzxid(), texts.get()));
                        loaded.complete(null);
                    }
                    // Otherwise it is being removed: then the pointer has been set since, and the word of that is on
                    // its way.
                }));
    }

    private void become(Configuration next) {
        ConfigChange change = new ConfigChange(current, next);
        current = next;
        listeners.forEach(listener -> turns.take(() -> listener.accept(change)));
    }

    @Override
    public void close() {
        pointer.close();
        turns.take(() -> {
            closed = true;
            listeners.clear();
            loaded.completeExceptionally(new ClosedException("load", path));
        });
    }

    @Override
    public String toString() {
        return current + " of " + path;
    }
}
