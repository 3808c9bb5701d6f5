package io.pando.recipes.doublebarrier;

import io.pando.client.call.Watched;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NodeExistsException;
import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Stat;
import io.pando.recipes.line.OwnNode;
import io.pando.recipes.line.Trouble;
import io.pando.session.EventType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One who comes in: puts its znode up, and waits for the one that says that all have come, which the last who comes creates. The read
 * that does not find it leaves the watch on it, and only then are the others counted. The steps follow each other.
 */
final class Entering {
    private final Room room;
    private final CompletableFuture<OwnNode> entered = new CompletableFuture<>();

    // Written by the step that runs; read by who gives up, and by the thread that tells of lost sessions.
    private volatile @Nullable OwnNode node;
    private volatile @Nullable CompletableFuture<NodeEvent> watch;

    Entering(Room room) {
        this.room = room;
    }

    /** The znode of who has entered. */
    CompletableFuture<OwnNode> start() {
        Handle listening = room.pando().listen(event -> {
            if (event instanceof ConnectionEvent.Lost) {
                stopWatching();
            }
        });
        entered.whenComplete((done, failure) -> {
            listening.close();
            OwnNode left = node;
            if (failure != null && left != null) {
                left.remove();
            }
            stopWatching();
        });
        stand();
        return entered;
    }

    private void stopWatching() {
        CompletableFuture<NodeEvent> current = watch;
        if (current != null) {
            current.cancel(false);
        }
    }

    private void stand() {
        if (entered.isDone()) {
            return;
        }
        OwnNode.create(room.pando(), room.path(), UUID.randomUUID().toString(), new byte[0], CreateMode.EPHEMERAL)
                .whenComplete((made, failure) -> {
                    if (failure != null) {
                        failed(failure, this::stand);
                        return;
                    }
                    node = made;
                    if (entered.isDone()) {
                        made.remove();
                    } else {
                        look(made);
                    }
                });
    }

    private void look(OwnNode own) {
        if (entered.isDone()) {
            return;
        }
        room.pando().exists(room.readyPath()).watched().async().whenComplete((ready, failure) -> {
            if (failure != null) {
                failed(failure, () -> look(own));
            } else if (!own.isOfSessionInForce()) {
                ready.event().cancel(false);
                stand();
            } else if (ready.value().isPresent()) {
                ready.event().cancel(false);
                entered.complete(own);
            } else {
                count(own, ready);
            }
        });
    }

    private void count(OwnNode own, Watched<Optional<Stat>> ready) {
        room.inside().whenComplete((inside, failure) -> {
            if (failure == null) {
                decide(own, inside.names(), ready.event());
            } else {
                ready.event().cancel(false);
                failed(failure, () -> look(own));
            }
        });
    }

    private void decide(OwnNode own, List<String> inside, CompletableFuture<NodeEvent> ready) {
        if (!inside.contains(own.name())) {
            ready.cancel(false);
            stand();
        } else if (inside.size() >= room.members()) {
            ready.cancel(false);
            tellAll(own);
        } else {
            waitFor(own, ready);
        }
    }

    private void waitFor(OwnNode own, CompletableFuture<NodeEvent> ready) {
        watch = ready;
        ready.whenComplete((event, failure) -> {
            if (failure instanceof ClosedException) {
                entered.completeExceptionally(failure);
            } else if (failure == null && event.type() == EventType.NODE_CREATED && own.isOfSessionInForce()) {
                entered.complete(own);
            } else {
                look(own);
            }
        });
        if (entered.isDone() || !own.isOfSessionInForce()) {
            ready.cancel(false);
        }
    }

    private void tellAll(OwnNode own) {
        room.pando().create(room.readyPath()).async().whenComplete((created, failure) -> {
            if (failure == null || failure instanceof NodeExistsException) {
                entered.complete(own);
            } else {
                failed(failure, () -> look(own));
            }
        });
    }

    private void failed(Throwable failure, Runnable again) {
        if (Trouble.mayHelpToLookAgain(failure)) {
            Trouble.later(again);
        } else {
            entered.completeExceptionally(Trouble.cause(failure));
        }
    }
}
