package io.pando.recipes.discovery;

import io.pando.client.watch.Handle;
import io.pando.recipes.persistent.PersistentNode;
import io.pando.recipes.persistent.Presence;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** An instance that is kept registered, across lost sessions, until this is closed. Used by any thread. */
public final class Registration implements AutoCloseable {
    private final PersistentNode node;
    private volatile ServiceInstance instance;

    Registration(ServiceInstance instance, PersistentNode node) {
        this.instance = instance;
        this.node = node;
    }

    public ServiceInstance instance() {
        return instance;
    }

    /** Whether it is registered, as far as is known. */
    public Presence presence() {
        return node.presence();
    }

    /** Completes when it is registered for the first time. */
    public CompletableFuture<Void> registered() {
        return node.present().thenApply(path -> null);
    }

    /**
     * Waits until it is registered for the first time. Not for callbacks of the client.
     *
     * @throws TimeoutException when that takes longer
     */
    public void awaitRegistered(Duration atMost) throws InterruptedException, TimeoutException {
        node.awaitPresent(atMost);
    }

    /**
     * Tells others something else about the instance; completes when it is there.
     *
     * @param changed of the same name, id and kind
     */
    public CompletableFuture<Void> updateAsync(ServiceInstance changed) {
        if (!changed.name().equals(instance.name())
                || !changed.id().equals(instance.id())
                || changed.kind() != instance.kind()) {
            throw new IllegalArgumentException(changed + " is another instance than " + instance);
        }
        instance = changed;
        return node.setDataAsync(InstanceJson.encode(changed));
    }

    /** Is told of every change of {@link #presence}, on the client's callback thread. */
    public Handle listen(Consumer<Presence> listener) {
        return node.listen(listener);
    }

    /** Unregisters it; completes when others can see it. */
    public CompletableFuture<Void> unregisterAsync() {
        return node.closeAsync();
    }

    /** Unregisters it. Does not wait. */
    @Override
    public void close() {
        node.close();
    }

    @Override
    public String toString() {
        return "registration " + node;
    }
}
