package io.pando.zab.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** Stands between two servers; cuts a connection after so many bytes, or spoils one of them. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final IntSupplier cutAfter;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong spoilAt = new AtomicLong(-1);
    private volatile Runnable whenCut = () -> {};

    /** Asks before each connection after how many bytes from the target it is to be cut. */
    Relay(int target, IntSupplier cutAfter) throws IOException {
        this.target = target;
        this.cutAfter = cutAfter;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    void whenCut(Runnable task) {
        whenCut = task;
    }

    void spoilOnceAt(long offset) {
        spoilAt.set(offset);
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                connections.incrementAndGet();
                int limit = cutAfter.getAsInt();
                Thread.ofVirtual().start(() -> carry(near, far, Integer.MAX_VALUE, false));
                Thread.ofVirtual().start(() -> carry(far, near, limit, true));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void carry(Socket from, Socket to, int limit, boolean spoiling) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[10_000];
            long carried = 0;
            while (carried < limit) {
                int count = in.read(bytes, 0, (int) Math.min(bytes.length, limit - carried));
                if (count < 0) {
                    return;
                }
                long spoiled = spoilAt.get() - carried;
                if (spoiling && spoiled >= 0 && spoiled < count) {
                    bytes[(int) spoiled] ^= 1;
                    spoilAt.set(-1);
                }
                out.write(bytes, 0, count);
                carried += count;
            }
            whenCut.run();
        } catch (IOException cut) {
            // by either end
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
