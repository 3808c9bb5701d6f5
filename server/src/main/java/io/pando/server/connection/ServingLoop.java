package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import io.pando.server.figures.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** What the connections of one event loop have in common: one wake-up by the core for all of them, and one count. */
final class ServingLoop {
    private final EventExecutor loop;
    private final Turn turn = new Turn();
    private List<ClientConnection> noted = new ArrayList<>(); // core thread

    ServingLoop(EventExecutor loop) {
        this.loop = loop;
    }

    /** Where a connection counts what it does in one turn; empty again before another has its turn. Event loop. */
    Turn turn() {
        return turn;
    }

    /** Notes a connection that was sent something; once for each turn of the core. Core thread. */
    void note(ClientConnection connection) {
        noted.add(connection);
    }

    /** Lets all that were noted look into their outboxes. Core thread. */
    void wake() {
        if (noted.isEmpty()) {
            return;
        }
        List<ClientConnection> woken = noted;
        noted = new ArrayList<>();
        woken.forEach(ClientConnection::beginNextTurn);
        try {
            loop.execute(() -> woken.forEach(ClientConnection::lookIntoOutbox));
        } catch (RejectedExecutionException e) {
            // The port was closed, and the connections with it, while the core still ends what it had begun.
        }
    }
}
