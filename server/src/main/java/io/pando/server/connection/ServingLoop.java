package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import io.pando.server.figures.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the connections of one event loop have in common: one wake-up by the core for all of them, and one count.
 *
 * <p>Whoever has a long reply to send waits here for its turn: sockets and wake-ups have theirs in between.
 *
 * <p>Each connection is woken once, however often the core has news for it before it gets to look: a loop that is slower than the core then takes more at a
 * time, rather than fall behind for ever.
 */
final class ServingLoop {
    /** So many look into their outboxes before sockets have their turn again. */
    private static final int MOST_LOOKS_AT_ONCE = 64;

    private final EventExecutor loop;
    private final boolean isCores;
    private final Turn turn = new Turn();
    private List<ClientConnection> noted = new ArrayList<>(); // core thread

    // Where the core, which adds, and the event loop, which takes, meet.
    private final Queue<ClientConnection> woken = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean(); // whether the loop was asked for a look and has not begun it

    private final Queue<ClientConnection> awaitingTurn = new ArrayDeque<>(); // event loop

    /** @param isCores whether the core has its turns on this very loop */
    ServingLoop(EventExecutor loop, boolean isCores) {
        this.loop = loop;
        this.isCores = isCores;
    }

    /** Where a connection counts what it does in one turn; empty again before another has its turn. Event loop. */
    Turn turn() {
        return turn;
    }

    /** Notes a connection that was sent something; once for each turn of the core. Core thread. */
    void note(ClientConnection connection) {
        noted.add(connection);
    }

    /** Lets all that were noted look into their outboxes. Core thread, when what they were sent is published. */
    void wake() {
        if (noted.isEmpty()) {
            return;
        }
        for (ClientConnection connection : noted) {
            if (connection.wake()) {
                woken.add(connection);
            }
        }
        noted.clear();
        if (isCores) {
            look(); // now: what the core does next may be to wait for the disk
        } else {
            askForLook(false);
        }
    }

    private void askForLook(boolean behindSockets) {
        if (due.compareAndSet(false, true)) {
            try {
                if (behindSockets) {
                    behindSockets(this::look);
                } else {
                    loop.execute(this::look);
                }
            } catch (RejectedExecutionException e) {
                // The port was closed, and the connections with it, while the core still ends what it had begun.
            }
        }
    }

    /** What is due later, however soon, comes behind the sockets that are ready now. */
    private void behindSockets(Runnable task) {
        loop.schedule(task, 1, TimeUnit.NANOSECONDS);
    }

    /** Gives a connection its turn for a long reply, when those that wait already have had theirs. Event loop. */
    void awaitTurn(ClientConnection connection) {
        awaitingTurn.add(connection);
        if (awaitingTurn.size() == 1) {
            behindSockets(this::giveTurn);
        }
    }

    private void giveTurn() {
        awaitingTurn.element().onTurn(); // it is not taken out before: if it wants another turn, the others come first
        awaitingTurn.remove();
        if (!awaitingTurn.isEmpty()) {
            behindSockets(this::giveTurn);
        }
    }

    private void look() {
        due.set(false);
        for (int looks = 0; looks < MOST_LOOKS_AT_ONCE; looks++) {
            ClientConnection next = woken.poll();
            if (next == null) {
                return;
            }
            next.onWake();
        }
        askForLook(true);
    }
}
