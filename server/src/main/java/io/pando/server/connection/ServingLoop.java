package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import io.pando.server.figures.Turn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
 * <p>Whoever has a long reply to send, or more requests than are taken in at once, waits here for its turn: sockets and wake-ups have theirs in between.
 *
 * <p>Each connection is woken once, however often the core has news for it before it gets to look: a loop that is slower than the core then takes more at a
 * time, rather than fall behind for ever.
 */
final class ServingLoop {
    /** So many look into their outboxes before sockets have their turn again. */
    private static final int MOST_LOOKS_AT_ONCE = 64;

    /** A field of each place rather than an object beside it: there may be many connections. */
    private static final VarHandle WOKEN = wokenOfPlaces();

    private final EventExecutor loop;
    private final boolean isCores;
    private final Turn turn = new Turn();
    private final List<Place> noted = new ArrayList<>(); // core thread

    // Where the core, which adds, and the event loop, which takes, meet.
    private final Queue<Place> woken = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean(); // whether the loop was asked for a look and has not begun it

    private final Queue<Served> awaitingTurn = new ArrayDeque<>(); // event loop

    /** One of the connections. */
    interface Served {
        /** There is something in the outbox. Event loop. */
        void lookIntoOutbox();

        /** Others have had their turn: now is that of a long reply, or of more requests. Event loop. */
        void onTurn();
    }

    /** Where a connection asks for a turn of its own. */
    @FunctionalInterface
    interface Turns {
        /** Has it its turn for a long reply, or for more requests, when those that wait already have had theirs. Event loop. */
        void awaitTurn();
    }

    /** What the loop knows of one connection. */
    final class Place implements Turns {
        private final Served connection;
        private boolean noted; // core thread: to be woken at the end of this turn
        private volatile boolean woken; // set by the core, taken back by the event loop when it looks

        private Place(Served connection) {
            this.connection = connection;
        }

        /** It was sent something. Core thread. */
        void note() {
            if (!noted) {
                noted = true;
                ServingLoop.this.noted.add(this);
            }
        }

        @Override
        public void awaitTurn() {
            awaitingTurn.add(connection);
            if (awaitingTurn.size() == 1) {
                behindSockets(ServingLoop.this::giveTurn);
            }
        }
    }

    private static VarHandle wokenOfPlaces() {
        try {
            return MethodHandles.lookup().findVarHandle(Place.class, "woken", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** @param isCores whether the core has its turns on this very loop */
    ServingLoop(EventExecutor loop, boolean isCores) {
        this.loop = loop;
        this.isCores = isCores;
    }

    /** Takes a connection in. Any thread. */
    Place placeOf(Served connection) {
        return new Place(connection);
    }

    /** Where a connection counts what it does in one turn; empty again before another has its turn. Event loop. */
    Turn turn() {
        return turn;
    }

    /** Lets all that were noted look into their outboxes. Core thread, when what they were sent is published. */
    void wake() {
        if (noted.isEmpty()) {
            return;
        }
        for (Place place : noted) {
            place.noted = false; // what it is sent from now on belongs to the next turn
            if (!(boolean) WOKEN.getAndSet(place, true)) {
                woken.add(place);
            }
        }
        noted.clear();
        if (isCores) {
            lookIntoSome(); // now: what the core does next may be to wait for the disk
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

    private void giveTurn() {
        awaitingTurn.element().onTurn(); // it is not taken out before: if it wants another turn, the others come first
        awaitingTurn.remove();
        if (!awaitingTurn.isEmpty()) {
            behindSockets(this::giveTurn);
        }
    }

    private void look() {
        due.set(false);
        lookIntoSome();
    }

    private void lookIntoSome() {
        for (int looks = 0; looks < MOST_LOOKS_AT_ONCE; looks++) {
            Place next = woken.poll();
            if (next == null) {
                return;
            }
            next.woken = false; // first: what is published from here on wakes it again
            next.connection.lookIntoOutbox();
        }
        askForLook(true);
    }
}
