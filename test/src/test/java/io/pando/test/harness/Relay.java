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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A hop between a client and a server, or between two servers, that a test can cut, as a network would, or silence, as a
 * frozen machine would look to the other end: in both directions or in one. Every connection has two pumping threads; the monitor of the relay guards its state, which
 * they share with the test's thread.
 */
public final class Relay implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final List<Socket> sockets = new ArrayList<>();
    private boolean silentToServer;
    private boolean silentToClient;
    private boolean refusing;
    private long delayNanos;

    private Relay(InetSocketAddress server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** A relay to the client port {@code serverPort} of this machine. */
    public static Relay to(int serverPort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return between(new InetSocketAddress(loopback, 0), new InetSocketAddress(loopback, serverPort));
    }

    /** A relay that takes connections at one address and makes them to another. */
    static Relay between(InetSocketAddress here, InetSocketAddress server) throws IOException {
        Relay relay = new Relay(server, new ServerSocket(here.getPort(), 50, here.getAddress()));
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
        silentToServer = true;
        silentToClient = true;
    }

    /** From now on nothing passes from who connected to who was connected to. */
    public synchronized void silenceToServer() {
        silentToServer = true;
    }

    /** From now on nothing passes from who was connected to, to who connected. */
    public synchronized void silenceToClient() {
        silentToClient = true;
    }

    /** From now on everything arrives so much later, in both directions. */
    synchronized void delay(int ms) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Everything passes again. What a silence held back on connections still open goes through now. */
    public synchronized void heal() {
        silentToServer = false;
        silentToClient = false;
        refusing = false;
        delayNanos = 0;
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
        Thread.ofVirtual().start(() -> pump(client, upstream, true));
        Thread.ofVirtual().start(() -> pump(upstream, client, false));
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

    private void pump(Socket from, Socket to, boolean toServer) {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                LockSupport.parkNanos(delayNanos());
                awaitSound(toServer);
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One end is gone; closing both ends below tells the other.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private synchronized long delayNanos() {
        return delayNanos;
    }

    private synchronized void awaitSound(boolean toServer) throws IOException {
        try {
            while (toServer ? silentToServer : silentToClient) wait();
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
