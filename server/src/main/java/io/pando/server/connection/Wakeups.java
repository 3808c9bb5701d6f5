package io.pando.server.connection;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Which connections have something new from the core: each of their event loops is woken once for all of them. Core thread.
 */
final class Wakeups {
    private final Map<EventLoop, List<ClientConnection>> byLoop = new HashMap<>();

    /** Notes a connection that was sent something; once for each turn of the core. */
    void note(EventLoop loop, ClientConnection connection) {
        byLoop.computeIfAbsent(loop, l -> new ArrayList<>()).add(connection);
    }

    /** Wakes the event loops of all that were noted. */
    void wake() {
        byLoop.forEach((loop, connections) -> {
            if (connections.isEmpty()) {
                return;
            }
            List<ClientConnection> noted = List.copyOf(connections);
            connections.clear();
            for (ClientConnection connection : noted) {
                connection.beginNextTurn();
            }
            wake(loop, noted);
        });
    }

    private static void wake(EventLoop loop, List<ClientConnection> noted) {
        try {
            loop.execute(() -> noted.forEach(ClientConnection::lookIntoOutbox));
        } catch (RejectedExecutionException e) {
            // The port was closed, and the connections with it, while the core still ends what it had begun.
        }
    }
}
