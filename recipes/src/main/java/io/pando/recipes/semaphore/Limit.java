package io.pando.recipes.semaphore;

import io.pando.client.Pando;
import io.pando.client.watch.NodeEvent;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** How many leases there are: a number that all users of a semaphore know, or one in the tree, that may change. */
sealed interface Limit {
    /** The number now, and a future that completes when it may have changed. */
    CompletableFuture<Seen> read(Pando pando);

    /**
     * The limit as it was seen.
     *
     * @param change completes when it may be another; cancelling it ends the watch
     */
    record Seen(int leases, CompletableFuture<NodeEvent> change) {}

    /** Always the same. */
    record Fixed(int leases) implements Limit {
        @Override
        public CompletableFuture<Seen> read(Pando pando) {
            return CompletableFuture.completedFuture(new Seen(leases, new CompletableFuture<>()));
        }
    }

    /** Four bytes in a znode, as in Curator's {@code SharedCount}. */
    record Shared(String path) implements Limit {
        @Override
        public CompletableFuture<Seen> read(Pando pando) {
            return pando.getData(path).watched().async().thenApply(seen -> {
                byte[] data = seen.value().data();
                if (data.length < Integer.BYTES) {
                    seen.event().cancel(false);
                    throw new IllegalStateException(
                            "The limit in " + path + " has to be a number of 4 bytes, not " + data.length);
                }
                return new Seen(ByteBuffer.wrap(data).getInt(), seen.event());
            });
        }
    }
}
