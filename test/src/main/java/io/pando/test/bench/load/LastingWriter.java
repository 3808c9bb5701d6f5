package io.pando.test.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A session at one server that has one write in flight at any time. When it is cut off it connects again at once, and goes on with
 * the same session as long as the server knows it. Runs on a thread of its own, until another stops it.
 */
final class LastingWriter implements Runnable {
    private static final int CONNECT_PATIENCE_MS = 1_000;
    /** A server that does not serve yet may take a handshake and forget it. */
    private static final int HANDSHAKE_PATIENCE_MS = 250;
    /** As long as a frozen server may keep us. */
    private static final int REPLY_PATIENCE_MS = 20_000;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int SESSION_TIMEOUT_MS = 30_000;
    private static final byte[] NO_PASSWORD = new byte[16];

    private final InetSocketAddress server;
    private final Frame write;
    private final Runnable onAcknowledged;
    private final AtomicLong acknowledged = new AtomicLong();
    private long sessionId;
    private byte[] password = NO_PASSWORD;
    private volatile boolean stopped;
    // Closed by whoever stops us, so that no read keeps us.
    private volatile @Nullable Socket socket;

    LastingWriter(InetSocketAddress server, Frame write, Runnable onAcknowledged) {
        this.server = server;
        this.write = write;
        this.onAcknowledged = onAcknowledged;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    void stop() {
        stopped = true;
        var open = socket;
        if (open != null) {
            closeQuietly(open);
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            try (var opened = new Socket()) {
                socket = opened;
                converse(opened);
            } catch (IOException cutOff) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void converse(Socket opened) throws IOException {
        opened.setTcpNoDelay(true);
        opened.connect(server, CONNECT_PATIENCE_MS);
        var in = new DataInputStream(opened.getInputStream());
        opened.setSoTimeout(HANDSHAKE_PATIENCE_MS);
        opened.getOutputStream().write(FrameWriter.connect(SESSION_TIMEOUT_MS, sessionId, password));
        if (!isWelcome(in)) {
            return;
        }
        opened.setSoTimeout(REPLY_PATIENCE_MS);
        var request = ByteBuffer.allocate(write.lengthBytes());
        for (int xid = 1; !stopped; xid++) {
            write.putTo(request.clear(), xid);
            opened.getOutputStream().write(request.array());
            if (errorIn(in) == 0) {
                acknowledged.incrementAndGet();
                onAcknowledged.run();
            }
        }
    }

    /** A session that is not known any more is given up for a new one, at the next connection. */
    private boolean isWelcome(DataInputStream in) throws IOException {
        var answer = ByteBuffer.wrap(frame(in));
        int timeoutMs = answer.getInt(Integer.BYTES);
        if (timeoutMs <= 0) {
            sessionId = 0;
            password = NO_PASSWORD;
            return false;
        }
        sessionId = answer.getLong(2 * Integer.BYTES);
        password = new byte[answer.getInt(2 * Integer.BYTES + Long.BYTES)];
        answer.get(3 * Integer.BYTES + Long.BYTES, password);
        return true;
    }

    private static int errorIn(DataInputStream in) throws IOException {
        return ByteBuffer.wrap(frame(in)).getInt(Integer.BYTES + Long.BYTES);
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        var frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    private static void closeQuietly(Socket open) {
        try {
            open.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    @Override
    public String toString() {
        return "the session at " + server.getHostString() + ":" + server.getPort();
    }
}
