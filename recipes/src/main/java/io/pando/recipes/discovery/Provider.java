package io.pando.recipes.discovery;

import io.pando.client.Pando;
import io.pando.client.watch.Handle;
import io.pando.recipes.cache.CacheEvent;
import io.pando.recipes.cache.TreeCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The instances of one service, kept up to date, and the choice among them. Asking costs no request. Instances that do not want to be
 * called, and those that callers report as failing, are left out of the choice; if all of them fail, all are in it, since to try is
 * better than not to.
 *
 * <p>Used by any thread; listeners are called on the client's callback thread.
 */
public final class Provider implements AutoCloseable {
    private final TreeCache cache;
    private final Strategy strategy;
    private final Errors errors;

    Provider(Pando pando, String path, Strategy strategy, DownPolicy policy) {
        this.cache = new TreeCache(pando, path, 1);
        this.strategy = strategy;
        this.errors = new Errors(policy, System::nanoTime);
    }

    /** The one to be called next; empty if there is none. */
    public Optional<ServiceInstance> pick() {
        List<ServiceInstance> enabled =
                all().stream().filter(ServiceInstance::enabled).toList();
        List<ServiceInstance> up = enabled.stream()
                .filter(instance -> !errors.isDown(instance.id()))
                .toList();
        return strategy.pick(up.isEmpty() ? enabled : up);
    }

    /** All that are registered, in the order of their ids. */
    public List<ServiceInstance> all() {
        return cache.children(cache.path()).values().stream()
                .flatMap(node -> InstanceJson.decode(node.data()).stream())
                .sorted(Comparator.comparing(ServiceInstance::id))
                .toList();
    }

    /** Reports that an instance did not answer as it should; see {@link DownPolicy}. */
    public void noteError(ServiceInstance instance) {
        errors.note(instance.id());
    }

    /** Is told of the instances as they are now and after every change, as {@link #all} has them. */
    public Handle listen(Consumer<List<ServiceInstance>> listener) {
        return cache.listen(event -> {
            // While the first picture is being made, one word at its end is enough.
            boolean change = event instanceof CacheEvent.Updated || event instanceof CacheEvent.Removed;
            if (event instanceof CacheEvent.InSync || (change && cache.inSync().isDone())) {
                listener.accept(all());
            }
        });
    }

    /** See {@link TreeCache#staleSince}. */
    public Optional<Instant> staleSince() {
        return cache.staleSince();
    }

    /** See {@link TreeCache#inSync}. */
    public CompletableFuture<Void> inSync() {
        return cache.inSync();
    }

    /** See {@link TreeCache#awaitInSync}. */
    public void awaitInSync(Duration atMost) throws InterruptedException, TimeoutException {
        cache.awaitInSync(atMost);
    }

    @Override
    public void close() {
        cache.close();
    }

    @Override
    public String toString() {
        return "instances at " + cache.path();
    }
}
