package io.pando.recipes.counter;

import io.pando.client.Pando;
import io.pando.client.call.DataAndStat;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.client.watch.Handle;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Stat;
import io.pando.recipes.cache.CacheEvent;
import io.pando.recipes.cache.NodeCache;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A small value that processes share, change on the version that they saw, and hear of when others change it; also those that use
 * Curator's {@code SharedValue} at the same path.
 *
 * <pre>{@code
 * var colour = new SharedValue(pando, "/colour", "green".getBytes(UTF_8));
 * VersionedValue seen = colour.get();
 * boolean mine = colour.trySet(seen, "red".getBytes(UTF_8)).isPresent();
 * }</pre>
 *
 * <p>Used by any thread; all but {@link #listen} waits for answers only, and may be used in callbacks of the client.
 */
public final class SharedValue {
    private final Pando pando;
    private final String path;
    private final byte[] initial;

    /**
     * A value.
     *
     * @param path of its znode, which is made when it is first needed, with what is missing above it
     * @param initial what it is made with
     */
    public SharedValue(Pando pando, String path, byte[] initial) {
        this.pando = pando;
        this.path = path;
        this.initial = initial.clone();
    }

    /** The value, at least as new as everything that was known to anybody before this call. */
    public VersionedValue get() throws InterruptedException {
        return Steps.now(this::read);
    }

    /** As {@link #get}. */
    public CompletableFuture<VersionedValue> getAsync() {
        return Steps.async(this::read);
    }

    /** Sets the value, whatever it is. */
    public VersionedValue set(byte[] data) throws InterruptedException {
        return Steps.now(asker -> set(asker, data));
    }

    /** As {@link #set(byte[])}. */
    public CompletableFuture<VersionedValue> setAsync(byte[] data) {
        return Steps.async(asker -> set(asker, data));
    }

    /** Sets the value if it is still the one that was seen; empty if it is another by now. */
    public Optional<VersionedValue> trySet(VersionedValue seen, byte[] data) throws InterruptedException {
        return Steps.now(asker -> trySet(asker, seen, data));
    }

    /** As {@link #trySet(VersionedValue, byte[])}. */
    public CompletableFuture<Optional<VersionedValue>> trySetAsync(VersionedValue seen, byte[] data) {
        return Steps.async(asker -> trySet(asker, seen, data));
    }

    /**
     * Is told of the value as it is now and of every latest one from then on, on the client's callback thread. Values in between may be
     * jumped over.
     *
     * @return ends that
     */
    public Handle listen(Consumer<VersionedValue> listener) {
        NodeCache cache = new NodeCache(pando, path);
        cache.listen(event -> {
            if (event instanceof CacheEvent.Updated updated) {
                listener.accept(value(updated.node().data(), updated.node().stat()));
            }
        });
        return cache::close;
    }

    private CompletableFuture<VersionedValue> read(Asker asker) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getData(path).linearizable()).thenApply(SharedValue::value),
                absent -> make(asker, initial).thenCompose(made -> read(asker)));
    }

    private CompletableFuture<VersionedValue> set(Asker asker, byte[] data) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.setData(path, data)).thenApply(stat -> value(data, stat)),
                absent -> make(asker, initial).thenCompose(made -> set(asker, data)));
    }

    private CompletableFuture<Optional<VersionedValue>> trySet(Asker asker, VersionedValue seen, byte[] data) {
        CompletableFuture<Optional<VersionedValue>> set = asker.ask(
                        pando.setData(path, data).version(seen.version()))
                .thenApply(stat -> Optional.of(value(data, stat)));
        set = Steps.orIf(BadVersionException.class, set, changed -> none());
        return Steps.orIf(NoNodeException.class, set, deleted -> none());
    }

    private static CompletableFuture<Optional<VersionedValue>> none() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletableFuture<Boolean> make(Asker asker, byte[] data) {
        return Steps.orIf(
                NodeExistsException.class,
                asker.ask(pando.create(path).data(data).makeParents(CreateMode.CONTAINER))
                        .thenApply(created -> true),
                exists -> CompletableFuture.completedFuture(false));
    }

    private static VersionedValue value(DataAndStat read) {
        return value(read.data(), read.stat());
    }

    private static VersionedValue value(byte[] data, Stat stat) {
        return new VersionedValue(data, stat.version(), stat.mzxid());
    }

    @Override
    public String toString() {
        return "shared value at " + path;
    }
}
