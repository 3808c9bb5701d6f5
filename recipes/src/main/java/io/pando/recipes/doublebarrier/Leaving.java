package io.pando.recipes.doublebarrier;

import io.pando.client.error.ClosedException;
import io.pando.client.error.NoNodeException;
import io.pando.client.watch.NodeEvent;
import io.pando.recipes.line.OwnNode;
import io.pando.recipes.line.Trouble;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One who goes out. The first by name stays until it is alone, and waits for the last by name; everybody else takes its znode down and
 * waits for the first. So each waits for one znode, and all go on when the first has gone. The steps follow each other.
 *
 * <p>Who is fast may come in again before a slow one has seen that all were out. Each would wait for the other then, so the slow one takes
 * no notice of those who came in after it had gone out: nobody begins anew while its own znode is there.
 */
final class Leaving {
    private final Room room;
    private final @Nullable OwnNode own;
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    // Of the steps: who came in again, and after which zxid one has to have come in for that. Negative before the first
    // look.
    private final Set<String> returned = new HashSet<>();
    private long end = -1;

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

    private void decide(Room.Inside seen) {
        if (end < 0) {
            end = endAsOf(seen);
        }
        List<String> inside =
                seen.names().stream().filter(name -> !returned.contains(name)).toList();
        int place = own == null ? -1 : inside.indexOf(own.name());
        if (inside.isEmpty() && !returned.isEmpty()) {
            left.complete(null);
        } else if (inside.isEmpty()) {
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

    /** Whose znode went with its session was out earlier, and knows no more than who was in when it came. */
    private long endAsOf(Room.Inside seen) {
        return own == null || seen.names().contains(own.name()) ? seen.asOf() : own.czxid();
    }

    /** The read that finds the other one there leaves the watch on it. */
    private void waitFor(String other) {
        room.pando().getData(room.pathOf(other)).watched().async().whenComplete((there, failure) -> {
            if (failure instanceof NoNodeException) {
                look();
            } else if (failure != null) {
                failed(failure);
            } else if (there.value().stat().czxid() > end) {
                there.event().cancel(false);
                returned.add(other);
                look();
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
