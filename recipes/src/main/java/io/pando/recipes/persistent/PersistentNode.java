package io.pando.recipes.persistent;

import io.pando.client.Pando;
import io.pando.client.watch.Handle;
import io.pando.datatree.CreateMode;
import io.pando.recipes.steps.Steps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Keeps a znode in existence: creates it, and creates it again when it was deleted or when its session was lost, until it is closed,
 * which deletes it.
 *
 * <pre>{@code
 * try (var node = PersistentNode.at(pando, "/workers/w1").data("10.0.0.1:9000").open()) {
 *     node.awaitPresent(Duration.ofSeconds(10));
 *     ...
 * }
 * }</pre>
 *
 * <p>An ephemeral of an earlier session of the same client is never mistaken for the present one: it is replaced, in one transaction, by
 * one that lives as long as the session in force. An ephemeral of another client is let be (see {@link Presence#DISPLACED}), unless
 * {@link Description#replacingOlder} says otherwise.
 *
 * <p>Not a promise: that the znode is there at every moment. Between the loss of a session and the next one it is not.
 *
 * <p>Used by any thread; listeners are called on the client's callback thread.
 */
public final class PersistentNode implements AutoCloseable {
    private final Keeper keeper;

    private PersistentNode(Keeper keeper) {
        this.keeper = keeper;
    }

    /**
     * Begins to describe a znode, an ephemeral without data unless it is said otherwise.
     *
     * @param path of the znode; of a sequential one the server appends ten digits to it, once: it keeps its name then
     */
    public static Description at(Pando pando, String path) {
        return new Description(pando, path);
    }

    /** How the znode is to be. Used by one thread. */
    public static final class Description {
        final Pando pando;
        final String path;
        byte[] data = {};
        CreateMode mode = CreateMode.EPHEMERAL;
        boolean replacingOlder;

        Description(Pando pando, String path) {
            this.pando = pando;
            this.path = path;
        }

        /** What the znode is created with. */
        public Description data(byte[] bytes) {
            this.data = bytes.clone();
            return this;
        }

        /** Data as UTF-8. */
        public Description data(String text) {
            return data(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Any mode but those with a time to live, for which there is {@link TtlNode}. */
        public Description mode(CreateMode kind) {
            if (kind.isTtl()) {
                throw new IllegalArgumentException(kind + " ends by itself; a TtlNode keeps such znodes");
            }
            this.mode = kind;
            return this;
        }

        /**
         * An ephemeral that is there already is replaced when this one is opened, whoever has made it: the path is an identity, and its
         * newest bearer counts. The one that is replaced learns that it is {@link Presence#DISPLACED} and does not fight back.
         */
        public Description replacingOlder() {
            this.replacingOlder = true;
            return this;
        }

        /** Begins to keep it. Does not wait. */
        public PersistentNode open() {
            Keeper keeper = new Keeper(this);
            keeper.start();
            return new PersistentNode(keeper);
        }
    }

    /** The path; of a sequential znode that was not yet created the one without digits. */
    public String path() {
        return keeper.path();
    }

    /** What is known of the znode. While there is no connection, that is what was known last. */
    public Presence presence() {
        return keeper.presence();
    }

    /** Completes when the znode is there for the first time, with its path. */
    public CompletableFuture<String> present() {
        return keeper.firstPresence().copy();
    }

    /**
     * Waits until the znode is there for the first time. Not for callbacks of the client.
     *
     * @throws TimeoutException when that takes longer
     */
    public String awaitPresent(Duration atMost) throws InterruptedException, TimeoutException {
        return Steps.get(present(), atMost.toNanos(), toString());
    }

    /** Gives it other data, now and whenever it is created again; completes when the data is there. */
    public CompletableFuture<Void> setDataAsync(byte[] data) {
        return keeper.setData(data.clone());
    }

    /** As {@link #setDataAsync}. Not for callbacks of the client. */
    public void setData(byte[] data) throws InterruptedException {
        Steps.get(setDataAsync(data));
    }

    /** Is told of every change of {@link #presence} from now on. */
    public Handle listen(Consumer<Presence> listener) {
        return keeper.listen(listener);
    }

    /** Lets it go; completes when it is deleted, or is not this one's. */
    public CompletableFuture<Void> closeAsync() {
        return keeper.close();
    }

    /** Lets it go. Does not wait. */
    @Override
    public void close() {
        closeAsync();
    }

    @Override
    public String toString() {
        return path() + ", " + presence();
    }
}
