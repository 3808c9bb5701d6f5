package io.pando.test.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The one event loop: waits for any of its connections, reads into one buffer and lends one for what goes out.
 *
 * <p>It runs on the thread that calls {@link #runFor} or {@link #runUntil}, and everything reachable from it belongs to that
 * thread. Plain {@code java.nio}: one wait, one read and one write per batch, and nothing in between.
 */
public final class LoadLoop implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long LONGEST_WAIT_MS = 100;
    private static final long TICK_NANOS = 20_000;

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Ticker> tickers = new ArrayList<>();
    private int connected;

    public LoadLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection connect(InetSocketAddress server, Conversation conversation) {
        try {
            return new Connection(server, ++connected, selector, conversation);
        } catch (IOException e) {
            throw new LoadException("Can't connect to " + server + ": " + e.getMessage() + ".", e);
        }
    }

    /** An empty buffer that takes at least {@code bytes}; good until the next call. */
    ByteBuffer batch(int bytes) {
        if (out.capacity() < bytes) {
            out = ByteBuffer.allocateDirect(bytes);
        }
        return out.clear();
    }

    /** Sends one frame. */
    void send(Connection connection, byte[] frame) {
        connection.send(batch(frame.length).put(frame).flip());
    }

    void send(Connection connection, Frame frame, int xid) {
        var batch = batch(frame.lengthBytes());
        frame.putTo(batch, xid);
        connection.send(batch.flip());
    }

    public void runFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            serveWhatIsReady(left);
        }
    }

    /** Fails if {@code done} isn't so within {@code patience}; {@code what} completes "Waited 10 ms for …". */
    public void runUntil(BooleanSupplier done, Duration patience, String what) {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new LoadException("Waited " + patience.toMillis() + " ms for " + what + ".");
            }
            serveWhatIsReady(left);
        }
    }

    /** From now on {@code ticker} is told the time again and again. */
    void tick(Ticker ticker) {
        tickers.add(ticker);
    }

    private void serveWhatIsReady(long longestNanos) {
        if (tickers.isEmpty()) {
            serveOrWait(longestNanos);
        } else {
            serveAndTick();
        }
    }

    /** Waiting for a socket is only possible in milliseconds, too coarse for a schedule; sleeping is in microseconds. */
    private void serveAndTick() {
        try {
            long now = System.nanoTime();
            tickers.forEach(ticker -> ticker.onTick(now));
            if (selector.selectNow(this::serve) == 0) {
                LockSupport.parkNanos(TICK_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveOrWait(long longestNanos) {
        try {
            long waitMs = Math.clamp(longestNanos / 1_000_000, 1, LONGEST_WAIT_MS);
            selector.select(this::serve, waitMs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            ((Connection) key.attachment()).onReady(in);
        } catch (IOException e) {
            throw new LoadException(key.attachment() + " broke: " + e.getMessage() + ".", e);
        }
    }

    /** Cuts every connection without a farewell; their sessions live on until they expire. */
    void cutAll() {
        try {
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cutAll();
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wants to know the time, often. */
    @FunctionalInterface
    interface Ticker {
        void onTick(long nowNanos);
    }
}
