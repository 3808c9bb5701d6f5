package io.pando.test.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hop between a client and a server that a test can cut, as a network would, or silence, as a frozen client machine
 * would look to the server. Every connection has two pumping threads; the monitor of the relay guards its state, which
 * they share with the test's thread.
 */
public final class Relay implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final List<Socket> sockets = new ArrayList<>();
    private boolean silent;
    private boolean refusing;

    private Relay(InetSocketAddress server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** A relay to the client port {@code serverPort} of this machine. */
    public static Relay to(int serverPort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Relay relay = new Relay(new InetSocketAddress(loopback, serverPort), new ServerSocket(0, 50, loopback));
        Thread.ofPlatform().daemon().name("relay-accept").start(relay::accept);
        return relay;
    }

    public String connectString() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Closes all connections of this moment, at both ends. */
    public synchronized void cut() {
        sockets.forEach(Relay::closeQuietly);
        sockets.clear();
    }

    /** Cuts, and refuses new connections until {@link #heal}. */
    public synchronized void cutAndRefuse() {
        refusing = true;
        cut();
    }

    /** From now on nothing passes, in either direction; connections stay open, and new ones get no answer. */
    public synchronized void silence() {
        silent = true;
    }

    /** Everything passes again. What a silence held back on connections still open goes through now. */
    public synchronized void heal() {
        silent = false;
        refusing = false;
        notifyAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The listener was closed, or the server refused: then the client just sees its connection end.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (!admit(client)) return;
        Socket upstream = new Socket();
        try {
            upstream.connect(server, 5000);
        } catch (IOException e) {
            closeQuietly(client);
            throw e;
        }
        if (!admit(upstream)) {
            closeQuietly(client);
            return;
        }
        Thread.ofVirtual().start(() -> pump(client, upstream));
        Thread.ofVirtual().start(() -> pump(upstream, client));
    }

    private synchronized boolean admit(Socket socket) throws IOException {
        if (refusing || listener.isClosed()) {
            closeQuietly(socket);
            return false;
        }
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return true;
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitSound();
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One end is gone; closing both ends below tells the other.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private synchronized void awaitSound() throws IOException {
        try {
            while (silent) wait();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable resource) {
        try {
            if (resource != null) resource.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        closeQuietly(listener);
        cut();
        heal();
    }
}
