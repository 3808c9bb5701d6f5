package io.pando.client.call;

import io.pando.client.watch.NodeEvent;
import java.util.concurrent.CompletableFuture;

/**
 * What was read, and the event that says that it has changed since.
 *
 * @param event completes, on the callback thread, with the first change after what was read; it is kept across connections and
 *     sessions. Cancelling it ends the watch. It fails with a {@link io.pando.client.error.ClosedException} when the client is
 *     closed
 */
public record Watched<T>(T value, CompletableFuture<NodeEvent> event) {}
