package io.pando.recipes.doublebarrier;

import io.pando.client.error.ClosedException;
import io.pando.client.error.NoNodeException;
import io.pando.client.watch.NodeEvent;
import io.pando.recipes.line.OwnNode;
import io.pando.recipes.line.Trouble;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One who goes out. The first by name stays until it is alone, and waits for the last by name; everybody else takes its znode down and
 * waits for the first. So each waits for one znode, and all go on when the first has gone. The steps follow each other.
 */
final class Leaving {
    private final Room room;
    private final @Nullable OwnNode own;
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    // Written by the step that runs, read by who gives up.
    private volatile @Nullable CompletableFuture<NodeEvent> watch;

    /** @param own null for one who is not in, or not any more */
    Leaving(Room room, @Nullable OwnNode own) {
        this.room = room;
        this.own = own;
    }

    CompletableFuture<Void> start() {
        left.whenComplete((done, failure) -> {
            if (own != null) {
                own.remove();
            }
            CompletableFuture<NodeEvent> current = watch;
            if (current != null) {
                current.cancel(false);
            }
        });
        look();
        return left;
    }

    private void look() {
        if (left.isDone()) {
            return;
        }
        room.inside().whenComplete((inside, failure) -> {
            if (failure == null) {
                decide(inside);
            } else {
                failed(failure);
            }
        });
    }

    private void decide(List<String> inside) {
        int place = own == null ? -1 : inside.indexOf(own.name());
        if (inside.isEmpty()) {
            clearAway();
        } else if (own == null || place < 0) {
            waitFor(inside.get(0));
        } else if (inside.size() == 1) {
            own.remove().whenComplete((gone, failure) -> clearAway());
        } else if (place == 0) {
            waitFor(inside.get(inside.size() - 1));
        } else {
            own.remove();
            waitFor(inside.get(0));
        }
    }

    /** The read that finds the other one there leaves the watch on it. */
    private void waitFor(String other) {
        room.pando().getData(room.pathOf(other)).watched().async().whenComplete((there, failure) -> {
            if (failure instanceof NoNodeException) {
                look();
            } else if (failure != null) {
                failed(failure);
            } else {
                watch = there.event();
                there.event().whenComplete((event, ended) -> {
                    if (ended instanceof ClosedException) {
                        left.completeExceptionally(ended);
                    } else {
                        look();
                    }
                });
                if (left.isDone()) {
                    there.event().cancel(false);
                }
            }
        });
    }

    private void clearAway() {
        room.pando().delete(room.readyPath()).quietly().async().whenComplete((deleted, failure) -> {
            if (failure == null) {
                left.complete(null);
            } else {
                failed(failure);
            }
        });
    }

    private void failed(Throwable failure) {
        if (Trouble.mayHelpToLookAgain(failure)) {
            Trouble.later(this::look);
        } else {
            left.completeExceptionally(Trouble.cause(failure));
        }
    }
}
