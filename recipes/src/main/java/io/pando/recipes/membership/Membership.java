package io.pando.recipes.membership;

import io.pando.client.watch.Handle;
import io.pando.recipes.persistent.PersistentNode;
import io.pando.recipes.persistent.Presence;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One's own membership of a group. Closing it leaves the group. Used by any thread. */
public final class Membership implements AutoCloseable {
    private final String id;
    private final PersistentNode node;

    Membership(String id, PersistentNode node) {
        this.id = id;
        this.node = node;
    }

    public String id() {
        return id;
    }

    /**
     * Whether one is listed: {@code ABSENT} before the first time and while a lost session is not yet replaced, {@code DISPLACED} while
     * another process has the same id.
     */
    public Presence presence() {
        return node.presence();
    }

    /** Completes when one is listed for the first time. */
    public CompletableFuture<Void> joined() {
        return node.present().thenApply(path -> null);
    }

    /**
     * Waits until one is listed for the first time. Not for callbacks of the client.
     *
     * @throws TimeoutException when that takes longer
     */
    public void awaitJoined(Duration atMost) throws InterruptedException, TimeoutException {
        node.awaitPresent(atMost);
    }

    /** Tells others something else; completes when it is there. */
    public CompletableFuture<Void> updateAsync(byte[] data) {
        return node.setDataAsync(data);
    }

    /** As {@link #updateAsync}. Not for callbacks of the client. */
    public void update(byte[] data) throws InterruptedException {
        node.setData(data);
    }

    /** Is told of every change of {@link #presence}, on the client's callback thread. */
    public Handle listen(Consumer<Presence> listener) {
        return node.listen(listener);
    }

    /** Leaves; completes when others can see it. */
    public CompletableFuture<Void> leaveAsync() {
        return node.closeAsync();
    }

    /** Leaves. Does not wait. */
    @Override
    public void close() {
        node.close();
    }

    @Override
    public String toString() {
        return "member " + node;
    }
}
