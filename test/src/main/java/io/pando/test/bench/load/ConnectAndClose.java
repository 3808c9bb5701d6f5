package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Opens sessions and closes them at once, a number of them side by side, one after the other.
 *
 * <p>One completion is a connection from its first packet until the server, having answered closeSession, hung up. Lives on
 * the load thread.
 */
public final class ConnectAndClose {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadLoop loop = new LoadLoop();
    private final Tally tally = new Tally();
    private final Frame farewell = Frames.closeSession();
    private final List<InetSocketAddress> servers;
    private final boolean knowSessions;
    private int begun;
    private int open;

    private ConnectAndClose(List<InetSocketAddress> servers, boolean knowSessions) {
        this.servers = servers;
        this.knowSessions = knowSessions;
    }

    public static Tally run(List<InetSocketAddress> servers, int sideBySide, Duration warmUp, Duration time) {
        return new ConnectAndClose(servers, true).run(sideBySide, warmUp, time);
    }

    /** The same of servers that only send back what they get, and hang up after the farewell. */
    public static Tally runOfEcho(List<InetSocketAddress> servers, int sideBySide, Duration warmUp, Duration time) {
        return new ConnectAndClose(servers, false).run(sideBySide, warmUp, time);
    }

    private Tally run(int sideBySide, Duration warmUp, Duration time) {
        try (loop) {
            for (int i = 0; i < sideBySide; i++) {
                connect();
            }
            loop.runFor(warmUp);
            tally.begin();
            loop.runFor(time);
            tally.end();
            loop.runUntil(() -> open == 0, PATIENCE, "the last sessions to close");
            return tally;
        }
    }

    private void connect() {
        var visit = new Visit(System.nanoTime());
        open++;
        loop.send(loop.connect(servers.get(begun++ % servers.size()), visit), Sessions.HANDSHAKE);
    }

    /** One session's short life. */
    private final class Visit implements Conversation {
        private final long beganNanos;
        private int frames;
        private int error;

        Visit(long beganNanos) {
            this.beganNanos = beganNanos;
        }

        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {
            frames++;
            if (!knowSessions) {
                return;
            }
            if (frames == 2) {
                error = Reply.error(in, at);
            } else if (Reply.sessionTimeoutMs(in, at) <= 0) {
                throw new LoadException("The server refused a new session.");
            }
        }

        @Override
        public void onBatch(Connection connection, long nowNanos) {
            if (frames == 1) {
                loop.send(connection, farewell, 1);
            }
        }

        @Override
        public void onClosed(Connection connection) {
            if (frames < 2) {
                throw new LoadException(connection + " was closed before its session was.");
            }
            open--;
            tally.completed(System.nanoTime() - beganNanos, error);
            if (!tally.isOver()) {
                connect();
            }
        }
    }
}
