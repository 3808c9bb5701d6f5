package io.pando.recipes.barrier;

import io.pando.client.Pando;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NodeExistsException;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.line.Blocking;
import io.pando.recipes.line.Trouble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Holds back all who come to it, in any process, until somebody removes it; also those who use Curator's {@code DistributedBarrier} at the
 * same path. The barrier belongs to nobody: it stays when the one who set it dies.
 *
 * <p>Used by any thread.
 */
public final class Barrier {
    private final Pando pando;
    private final String path;

    /**
     * A barrier.
     *
     * @param path of the znode whose existence is the barrier
     */
    public Barrier(Pando pando, String path) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new IllegalArgumentException("\"" + path + "\": " + problem);
        }
        this.pando = pando;
        this.path = path;
    }

    /** Sets it up; if it is up, that is as well. */
    public CompletableFuture<Void> setAsync() {
        return pando.create(path).makeParents(CreateMode.CONTAINER).async().handle((created, failure) -> {
            if (failure != null && !(failure instanceof NodeExistsException)) {
                throw (RuntimeException) failure;
            }
            return null;
        });
    }

    /** Sets it up and waits until it is. */
    public void set() throws InterruptedException {
        Blocking.get(setAsync());
    }

    /** Removes it, and all who wait go on; if there is none, that is as well. */
    public CompletableFuture<Void> removeAsync() {
        return pando.delete(path).quietly().async().thenApply(removed -> null);
    }

    /** Removes it and waits until it is gone. */
    public void remove() throws InterruptedException {
        Blocking.get(removeAsync());
    }

    /**
     * Waits until there is no barrier; lost connections and sessions make no difference.
     *
     * @return completes on the client's callback thread. When it is cancelled, its watch ends
     */
    public CompletableFuture<Void> awaitAsync() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        look(gone);
        return gone;
    }

    /** Waits as long as it takes. Not for callbacks of the client. */
    public void await() throws InterruptedException {
        Blocking.get(awaitAsync());
    }

    /**
     * Waits for at most so long. Not for callbacks of the client.
     *
     * @throws TimeoutException when the barrier stays for that long
     */
    public void await(Duration atMost) throws InterruptedException, TimeoutException {
        Blocking.get(awaitAsync(), atMost, toString());
    }

    /** The read that finds the barrier leaves the watch on it. */
    private void look(CompletableFuture<Void> gone) {
        if (gone.isDone()) {
            return;
        }
        pando.exists(path).watched().async().whenComplete((seen, failure) -> {
            if (failure != null) {
                failed(gone, failure);
            } else if (seen.value().isEmpty()) {
                seen.event().cancel(false);
                gone.complete(null);
            } else {
                seen.event().whenComplete((event, ended) -> {
                    if (ended instanceof ClosedException) {
                        gone.completeExceptionally(ended);
                    } else {
                        look(gone);
                    }
                });
                gone.whenComplete((done, givenUp) -> seen.event().cancel(false));
            }
        });
    }

    private void failed(CompletableFuture<Void> gone, Throwable failure) {
        if (Trouble.mayPass(failure)) {
            Trouble.later(() -> look(gone));
        } else {
            gone.completeExceptionally(failure);
        }
    }

    @Override
    public String toString() {
        return "the removal of the barrier at " + path;
    }
}
