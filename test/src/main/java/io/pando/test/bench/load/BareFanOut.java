package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * What {@link WatchFanOut} measures, of a server that knows neither sessions nor watches and tells everybody of every change: the
 * time of a write to each connection, and of reading it. Lives on the load thread.
 */
public final class BareFanOut implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadLoop loop = new LoadLoop();
    private final Frame change = Frames.set("/bench/watched", 0);
    private final List<Connection> connections;
    private int told;
    private long lastToldNanos;

    private BareFanOut(List<InetSocketAddress> servers, int count) {
        connections = BareConnections.open(loop, servers, count).connections();
        connections.forEach(connection -> connection.converse(new Listener()));
        makeKnown();
    }

    /** A connection that nobody has accepted yet is not told of a change. */
    private void makeKnown() {
        Frame question = Frames.get("/bench/watched");
        connections.forEach(connection -> loop.send(connection, question, 1));
        awaitAll("all connections to be answered");
    }

    /** Opens {@code count} connections; the first makes the changes, too. */
    public static BareFanOut open(List<InetSocketAddress> servers, int count) {
        return new BareFanOut(servers, count);
    }

    /** One completion is one change, its latency the time until all were told. */
    public Tally measure(Duration warmUp, Duration time) {
        return FanOut.changeFor(warmUp, time, this::changeOnce);
    }

    private void changeOnce(Tally tally) {
        long began = System.nanoTime();
        loop.send(connections.getFirst(), change, Reply.NOTIFICATION_XID);
        awaitAll("all connections to be told");
        tally.completed(lastToldNanos - began, 0);
    }

    private void awaitAll(String what) {
        told = 0;
        loop.runUntil(() -> told == connections.size(), PATIENCE, what);
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Listener implements Conversation {
        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {
            told++;
            lastToldNanos = nowNanos;
        }
    }
}
