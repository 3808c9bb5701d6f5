package io.pando.recipes.semaphore;

import io.pando.client.Pando;
import io.pando.client.call.Children;
import io.pando.client.call.Watched;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NoNodeException;
import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.datatree.CreateMode;
import io.pando.recipes.line.Line;
import io.pando.recipes.line.OwnNode;
import io.pando.recipes.line.Trouble;
import io.pando.recipes.line.Turn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One who wants a lease. First in line for the mutex; who has that puts a lease up, and waits until there are not more of them than the
 * limit allows. So only one at a time watches the leases, and the others stand in line behind. The steps follow each other, as in a line.
 */
final class Admission {
    private final Pando pando;
    private final Line mutex;
    private final Line leases;
    private final Limit limit;
    private final byte[] data;
    private final CompletableFuture<OwnNode> admitted = new CompletableFuture<>();

    // Written by the step that runs; read by who gives up, and by the thread that tells of lost sessions.
    private volatile @Nullable CompletableFuture<OwnNode> turn;
    private volatile @Nullable OwnNode lease;
    private volatile @Nullable CompletableFuture<NodeEvent> watch;

    Admission(Line mutex, Line leases, Limit limit, byte[] data) {
        this.pando = leases.pando();
        this.mutex = mutex;
        this.leases = leases;
        this.limit = limit;
        this.data = data;
    }

    /** The lease, as soon as it counts; cancelled, nothing stays behind. */
    CompletableFuture<OwnNode> start() {
        Handle listening = pando.listen(event -> {
            if (event instanceof ConnectionEvent.Lost) {
                stopWatching();
            }
        });
        admitted.whenComplete((arrived, failure) -> {
            listening.close();
            OwnNode left = lease;
            if (failure != null && left != null) {
                left.remove();
            }
            stopWatching();
            giveTurnBack();
        });
        stand();
        return admitted;
    }

    private void stopWatching() {
        CompletableFuture<NodeEvent> current = watch;
        if (current != null) {
            current.cancel(false);
        }
    }

    private void giveTurnBack() {
        CompletableFuture<OwnNode> current = turn;
        if (current != null && !current.cancel(false) && !current.isCompletedExceptionally()) {
            current.join().remove();
        }
    }

    private void stand() {
        if (admitted.isDone()) {
            return;
        }
        giveTurnBack();
        CompletableFuture<OwnNode> next = mutex.join(Semaphore.MUTEX_KIND, data, Turn.ONE_BY_ONE);
        turn = next;
        next.whenComplete((arrived, failure) -> {
            if (failure == null) {
                putUp();
            } else {
                admitted.completeExceptionally(failure);
            }
        });
        if (admitted.isDone()) {
            giveTurnBack();
        }
    }

    private void putUp() {
        OwnNode.create(
                        pando,
                        leases.path(),
                        OwnNode.protectedName(Semaphore.LEASE_KIND),
                        data,
                        CreateMode.EPHEMERAL_SEQUENTIAL)
                .whenComplete((made, failure) -> {
                    if (failure != null) {
                        failed(failure, this::stand);
                        return;
                    }
                    lease = made;
                    if (admitted.isDone()) {
                        made.remove();
                    } else {
                        look(made);
                    }
                });
    }

    private void look(OwnNode own) {
        if (admitted.isDone()) {
            return;
        }
        if (!own.isOfSessionInForce()) {
            stand();
            return;
        }
        limit.read(pando).whenComplete((seen, failure) -> {
            if (failure == null) {
                count(own, seen);
            } else {
                failed(failure, () -> look(own));
            }
        });
    }

    private void count(OwnNode own, Limit.Seen most) {
        pando.getChildren(leases.path()).watched().async().whenComplete((there, failure) -> {
            if (failure == null) {
                decide(own, most, there);
                return;
            }
            most.change().cancel(false);
            if (failure instanceof NoNodeException) {
                stand();
            } else {
                failed(failure, () -> look(own));
            }
        });
    }

    private void decide(OwnNode own, Limit.Seen most, Watched<Children> there) {
        List<String> names = there.value().names();
        boolean mine = names.contains(own.name()) && own.isOfSessionInForce() && holdsTurn(own);
        if (mine && names.size() > most.leases()) {
            waitFor(own, most.change(), there.event());
            return;
        }
        most.change().cancel(false);
        there.event().cancel(false);
        if (mine) {
            admitted.complete(own);
        } else {
            own.remove();
            stand();
        }
    }

    /** Whether the mutex was got by the session of the lease: otherwise another may be putting up leases too. */
    private boolean holdsTurn(OwnNode own) {
        CompletableFuture<OwnNode> current = turn;
        return current != null && current.join().sessionId() == own.sessionId();
    }

    private void waitFor(
            OwnNode own, CompletableFuture<NodeEvent> limitChange, CompletableFuture<NodeEvent> leaseChange) {
        watch = leaseChange;
        CompletableFuture.anyOf(limitChange, leaseChange).whenComplete((event, failure) -> {
            limitChange.cancel(false);
            leaseChange.cancel(false);
            if (failure != null && Trouble.cause(failure) instanceof ClosedException closed) {
                admitted.completeExceptionally(closed);
            } else {
                look(own);
            }
        });
        if (admitted.isDone() || !own.isOfSessionInForce()) {
            stopWatching();
        }
    }

    private void failed(Throwable failure, Runnable again) {
        if (Trouble.mayPass(failure)) {
            Trouble.later(again);
        } else {
            admitted.completeExceptionally(Trouble.cause(failure));
        }
    }
}
