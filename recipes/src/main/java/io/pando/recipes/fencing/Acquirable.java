package io.pando.recipes.fencing;

import io.pando.recipes.line.Blocking;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * What can be acquired: everybody waits in the order in which they asked. Three forms, of which the blocking ones are not for callbacks of
 * the client. A wait outlives lost connections and lost sessions; after the latter it begins at the end of the line again.
 */
public interface Acquirable {
    /**
     * Asks for it without waiting.
     *
     * @return completes, on the client's callback thread, when it is held; fails with a {@link io.pando.client.error.PandoException}
     *     that can't pass, such as a missing right or a closed client. Cancelled, or completed by {@code orTimeout}, it gives up the
     *     wait, and nothing stays behind in the tree
     */
    CompletableFuture<Held> acquireAsync();

    /**
     * Waits as long as it takes.
     *
     * @throws InterruptedException when the thread is interrupted; the wait is given up then
     */
    default Held acquire() throws InterruptedException {
        return Blocking.get(acquireAsync());
    }

    /**
     * Waits for at most so long.
     *
     * @throws TimeoutException when it is not to be had in that time; the wait is given up then
     * @throws InterruptedException when the thread is interrupted; just so
     */
    default Held acquire(Duration atMost) throws InterruptedException, TimeoutException {
        return Blocking.get(acquireAsync(), atMost, toString());
    }
}
