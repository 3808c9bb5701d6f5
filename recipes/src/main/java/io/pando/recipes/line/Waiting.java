package io.pando.recipes.line;

import io.pando.client.call.DataAndStat;
import io.pando.client.call.Watched;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NoNodeException;
import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.datatree.CreateMode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One who stands in a line, until the turn has come or the wait is given up. Each step starts the next, so that at any time one thread
 * at most is in here, but for the one that gives up.
 *
 * <p>No wakeup is lost: the read that finds the one in front still there is the one that sets the watch on it. A znode of an earlier
 * session counts for nothing, whether it is still there or not: before every step and in the last moment its session is compared with
 * the client's.
 */
final class Waiting {
    private final Line line;
    private final String kind;
    private final byte[] data;
    private final Turn turn;
    private final CompletableFuture<OwnNode> arrival = new CompletableFuture<>();

    // Written by the step that runs; read by who gives up, and by the thread that tells of lost sessions.
    private volatile @Nullable OwnNode node;
    private volatile @Nullable CompletableFuture<NodeEvent> watch;

    Waiting(Line line, String kind, byte[] data, Turn turn) {
        this.line = line;
        this.kind = kind;
        this.data = data;
        this.turn = turn;
    }

    CompletableFuture<OwnNode> start() {
        Handle listening = line.pando().listen(event -> {
            if (event instanceof ConnectionEvent.Lost) {
                stopWatching();
            }
        });
        arrival.whenComplete((arrived, failure) -> {
            listening.close();
            if (failure != null) {
                OwnNode left = node;
                if (left != null) {
                    left.remove();
                }
                stopWatching();
            }
        });
        stand();
        return arrival;
    }

    private void stopWatching() {
        CompletableFuture<NodeEvent> current = watch;
        if (current != null) {
            current.cancel(false);
        }
    }

    private void stand() {
        if (arrival.isDone()) {
            return;
        }
        OwnNode.create(line.pando(), line.path(), OwnNode.protectedName(kind), data, CreateMode.EPHEMERAL_SEQUENTIAL)
                .whenComplete((made, failure) -> {
                    if (failure != null) {
                        failed(failure, this::stand);
                        return;
                    }
                    node = made;
                    if (arrival.isDone()) {
                        made.remove();
                    } else {
                        look(made);
                    }
                });
    }

    private void look(OwnNode own) {
        if (arrival.isDone()) {
            return;
        }
        if (!own.isOfSessionInForce()) {
            stand();
            return;
        }
        line.names().whenComplete((names, failure) -> {
            if (failure == null) {
                decide(own, names);
            } else {
                failed(failure, () -> look(own));
            }
        });
    }

    private void decide(OwnNode own, List<String> names) {
        if (!names.contains(own.name())) {
            // The session is over, or somebody has deleted it: whoever was in front or behind does not count it any
            // more.
            stand();
            return;
        }
        Optional<String> inFront = turn.waitsFor(names, own.name());
        if (inFront.isPresent()) {
            waitFor(own, inFront.get());
        } else if (own.isOfSessionInForce()) {
            arrival.complete(own);
        } else {
            stand();
        }
    }

    private void waitFor(OwnNode own, String inFront) {
        line.pando().getData(line.pathOf(inFront)).watched().async().whenComplete((there, failure) -> {
            if (failure == null) {
                waitFor(own, there);
            } else if (failure instanceof NoNodeException) {
                look(own);
            } else {
                failed(failure, () -> look(own));
            }
        });
    }

    private void waitFor(OwnNode own, Watched<DataAndStat> there) {
        watch = there.event();
        there.event().whenComplete((event, failure) -> {
            if (failure instanceof ClosedException) {
                arrival.completeExceptionally(failure);
            } else {
                look(own);
            }
        });
        // What came between the last look at these and the watch would otherwise be noticed by nobody.
        if (arrival.isDone() || !own.isOfSessionInForce()) {
            there.event().cancel(false);
        }
    }

    private void failed(Throwable failure, Runnable again) {
        if (Trouble.mayPass(failure)) {
            Trouble.later(again);
        } else {
            arrival.completeExceptionally(Trouble.cause(failure));
        }
    }
}
