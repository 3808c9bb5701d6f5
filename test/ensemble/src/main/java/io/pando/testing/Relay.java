package io.pando.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One port of a server, as others know it: it stays the same when the server is started again on other ports, and lets through what
 * the {@link Links} let through. Every connection has two virtual threads, one for each direction.
 */
final class Relay implements AutoCloseable {
    static final int BUFFER_BYTES = 64 * 1024;
    static final String HOST = "127.0.0.1";
    private static final int NOWHERE = 0;
    private static final int BACKLOG = 1024;

    private final int server;
    private final Caller caller;
    private final Links links;
    private final InetAddress loopback = InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
    private final ServerSocket listener = new ServerSocket(0, BACKLOG, loopback);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /** The server's real port; written by the test, read for each connection. */
    private volatile int target = NOWHERE;

    /** A relay that listens on a free port and leads nowhere yet. */
    Relay(int server, Caller caller, Links links) throws IOException {
        this.server = server;
        this.caller = caller;
        this.links = links;
        Thread.ofVirtual().name("pando-relay-" + server).start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** New connections go to this port of the machine from now on. */
    void leadTo(int port) {
        target = port;
    }

    /** Breaks all connections, and new ones at once, as if nobody listened. */
    void leadNowhere() {
        target = NOWHERE;
        breakConnections();
    }

    /** Breaks the connections of this moment. */
    void breakConnections() {
        connections.forEach(Connection::close);
        links.wake();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        leadNowhere();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var connection = new Connection(listener.accept());
                // Known before it looks where it leads, so that none slips through when that changes.
                connections.add(connection);
                Thread.ofVirtual().start(connection::run);
            } catch (IOException e) {
                // The listener was closed, or the caller is gone already: nobody is left to be told.
            }
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }

    private final class Connection {
        private final Socket near;
        private final Socket far = new Socket();

        Connection(Socket near) {
            this.near = near;
        }

        void run() {
            try {
                near.setTcpNoDelay(true);
                var in = new BufferedInputStream(near.getInputStream(), BUFFER_BYTES);
                int from = caller.idOf(in);
                links.awaitPassage(from, server, near::isClosed);
                connect();
                Thread.ofVirtual().start(() -> pumpBack(from));
                pump(in, far.getOutputStream(), from, server);
            } catch (IOException e) {
                // One end is gone, or nobody is where this leads; closing both ends tells the other.
            } finally {
                close();
            }
        }

        private void connect() throws IOException {
            int port = target;
            if (port == NOWHERE) {
                throw new IOException("The server does not run");
            }
            far.connect(new InetSocketAddress(loopback, port));
            far.setTcpNoDelay(true);
        }

        private void pumpBack(int to) {
            try {
                pump(far.getInputStream(), near.getOutputStream(), server, to);
            } catch (IOException e) {
                // As above.
            } finally {
                close();
            }
        }

        /** Asks after reading: what was said before a cut may arrive, what is said later does not. */
        private void pump(InputStream in, OutputStream out, int from, int to) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                links.awaitPassage(from, to, near::isClosed);
                out.write(buffer, 0, n);
            }
            // Also the end of a connection is something that a cut keeps from being heard.
            links.awaitPassage(from, to, near::isClosed);
        }

        void close() {
            connections.remove(this);
            closeQuietly(near);
            closeQuietly(far);
        }
    }
}
