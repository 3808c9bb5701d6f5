package io.pando.recipes.fencing;

import io.pando.client.Pando;
import io.pando.client.call.DataAndStat;
import io.pando.client.call.Watched;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.connection.ConnectionState;
import io.pando.client.error.NoNodeException;
import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.recipes.line.OwnNode;
import io.pando.recipes.line.Trouble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one znode stands for, however many handles there are on it. It ends once, for one reason, and then its znode is removed. */
final class Hold {
    private final Pando pando;
    private final OwnNode node;
    private final FencingToken token;
    private final Trust trust;
    private final CompletableFuture<End> ended = new CompletableFuture<>();

    // Handles are taken and closed by any thread; nobody takes one when there is none.
    private final AtomicInteger handles = new AtomicInteger(1);

    private final CopyOnWriteArrayList<Runnable> askedToRelease = new CopyOnWriteArrayList<>();
    private final AtomicBoolean watching = new AtomicBoolean();

    // Written by the callback that reads the node, read by whoever ends the hold.
    private volatile @Nullable CompletableFuture<NodeEvent> watch;

    private Hold(Pando pando, OwnNode node, FencingToken token, Trust trust) {
        this.pando = pando;
        this.node = node;
        this.token = token;
        this.trust = trust;
    }

    static Hold begin(Pando pando, OwnNode node, FencingToken token, Trust trust) {
        Hold hold = new Hold(pando, node, token, trust);
        Handle listening = pando.listen(hold::on);
        hold.ended.thenRun(() -> {
            listening.close();
            hold.stopWatching();
        });
        // Of what was told before this listened nothing is left but the state it led to.
        if (!node.isOfSessionInForce()) {
            hold.end(End.SESSION_LOST);
        } else if (trust == Trust.CONNECTION && pando.state() != ConnectionState.CONNECTED) {
            hold.end(End.DOUBTED);
        }
        return hold;
    }

    FencingToken token() {
        return token;
    }

    CompletableFuture<End> ended() {
        return ended;
    }

    /** Asks the client itself, since events of it may be waiting behind other callbacks. */
    Standing standing() {
        // Asked first: what is left is that of the session in force in this moment, or of one before it.
        Duration left = pando.sessionLeft();
        if (ended.isDone() || !node.isOfSessionInForce()) {
            return Standing.ENDED;
        }
        if (pando.state() != ConnectionState.CONNECTED) {
            return trust == Trust.CONNECTION ? Standing.ENDED : Standing.IN_DOUBT;
        }
        // A process that stood still wakes up connected, and others may have seen its session end.
        return left.isNegative() || left.isZero() ? Standing.IN_DOUBT : Standing.CURRENT;
    }

    /** Takes one more handle, unless it is over. */
    boolean addHandle() {
        return !ended.isDone() && handles.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Gives one handle back; with the last it ends. */
    CompletableFuture<Void> dropHandle() {
        if (handles.decrementAndGet() > 0) {
            return CompletableFuture.completedFuture(null);
        }
        end(End.RELEASED);
        return node.remove().copy();
    }

    private void on(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Suspended) {
            doubt();
        } else if (event instanceof ConnectionEvent.Paused paused) {
            if (paused.sessionLeft().isNegative()) {
                doubt();
            }
        } else if (event instanceof ConnectionEvent.Lost lost) {
            if (lost.session().id() == node.sessionId()) {
                end(End.SESSION_LOST);
            }
        } else if (event instanceof ConnectionEvent.Closed) {
            end(End.CLIENT_CLOSED);
        }
    }

    private void doubt() {
        if (trust == Trust.CONNECTION) {
            end(End.DOUBTED);
        }
    }

    private void end(End why) {
        // The delete is on its way before anybody who waits for the end can stand in the line again.
        node.remove();
        ended.complete(why);
    }

    // ---- the znode

    /** Notices from now on when it is deleted, or its data asks to release what is held. */
    void watchNode() {
        if (watching.compareAndSet(false, true)) {
            readNode();
        }
    }

    void onAskedToRelease(Runnable listener) {
        askedToRelease.add(listener);
        watchNode();
    }

    private void readNode() {
        pando.getData(node.path()).watched().async().whenComplete((seen, failure) -> {
            if (ended.isDone()) {
                if (failure == null) {
                    seen.event().cancel(false);
                }
            } else if (failure == null) {
                read(seen);
            } else if (failure instanceof NoNodeException) {
                end(End.DELETED);
            } else if (Trouble.mayPass(failure)) {
                Trouble.later(this::readNode);
            }
        });
    }

    private void read(Watched<DataAndStat> seen) {
        watch = seen.event();
        seen.event().whenComplete((event, failure) -> {
            if (failure == null) {
                readNode();
            }
        });
        if (ended.isDone()) {
            stopWatching();
        } else if (seen.value().text().equals(Revocation.MESSAGE)) {
            askedToRelease.forEach(Runnable::run);
        }
    }

    private void stopWatching() {
        CompletableFuture<NodeEvent> current = watch;
        if (current != null) {
            current.cancel(false);
        }
    }
}
