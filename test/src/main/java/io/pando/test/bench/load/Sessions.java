package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A number of sessions, spread over the servers in turn: opened together, closed together.
 *
 * <p>They are opened a few at a time, so that no server's backlog of connections overflows. Lives on the load thread.
 */
public final class Sessions implements Opened {
    private static final int AT_A_TIME = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMEOUT_MS = 40_000;
    /** The handshake of a new session. */
    static final byte[] HANDSHAKE = FrameWriter.connect(TIMEOUT_MS);

    private final LoadLoop loop;
    private final List<Connection> connections = new ArrayList<>();
    private int opened;
    private int closed;

    private Sessions(LoadLoop loop) {
        this.loop = loop;
    }

    public static Sessions open(LoadLoop loop, List<InetSocketAddress> servers, int count) {
        return open(loop, servers, count, PATIENCE);
    }

    /** Fails if a session isn't there within {@code patience}. */
    static Sessions open(LoadLoop loop, List<InetSocketAddress> servers, int count, Duration patience) {
        var sessions = new Sessions(loop);
        for (int begun = 0; begun < count; begun++) {
            sessions.begin(servers.get(begun % servers.size()));
            int mayBeOpen = begun + 1 < count ? begun + 2 - AT_A_TIME : count;
            loop.runUntil(() -> sessions.opened >= mayBeOpen, patience, "sessions to open");
        }
        return sessions;
    }

    private void begin(InetSocketAddress server) {
        var connection = loop.connect(server, new Handshake());
        connections.add(connection);
        loop.send(connection, HANDSHAKE);
    }

    @Override
    public List<Connection> connections() {
        return connections;
    }

    public int count() {
        return connections.size();
    }

    /** Ends the sessions at the server, and waits until it said so. */
    @Override
    public void close() {
        var farewell = Frames.closeSession();
        for (var connection : connections) {
            connection.converse(new Farewell());
            loop.send(connection, farewell, Integer.MAX_VALUE);
        }
        loop.runUntil(() -> closed == connections.size(), PATIENCE, "sessions to close");
    }

    private final class Handshake implements Conversation {
        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {
            if (Reply.sessionTimeoutMs(in, at) <= 0) {
                throw new LoadException("The server refused a new session.");
            }
            opened++;
        }
    }

    /** Deaf to what still arrives before the end. */
    private final class Farewell implements Conversation {
        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {}

        @Override
        public void onClosed(Connection connection) {
            closed++;
        }
    }
}
