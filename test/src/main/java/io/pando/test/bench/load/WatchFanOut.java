package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Changes znodes that many sessions watch, again and again, and takes the time until the last of them was told of the last.
 *
 * <p>One-shot watches are set anew between two changes, outside of what is measured. Lives on the load thread.
 */
public final class WatchFanOut implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadLoop loop = new LoadLoop();
    private final Sessions watchers;
    private final Sessions writers;
    private final Frame change;
    private final Frame watch;
    private final int znodes;
    private final boolean oneShot;
    private int armed;
    private int told;
    private int changed;
    private long lastToldNanos;

    private WatchFanOut(
            List<InetSocketAddress> servers, int count, String path, int znodes, int dataBytes, boolean oneShot) {
        this.znodes = znodes;
        this.oneShot = oneShot;
        change = Frames.set(path, dataBytes);
        watch = oneShot ? Frames.getAndWatch(path) : Frames.watchPersistently(path);
        watchers = Sessions.open(loop, servers, count);
        writers = Sessions.open(loop, servers, 1);
        watchers.connections().forEach(watcher -> watcher.converse(new Watcher()));
        writer().converse(new Writer());
        arm();
    }

    /**
     * Has {@code count} sessions watch each of {@code znodes} znodes, and returns when the watches are set.
     *
     * @param path takes their numbers, from 0, if they are several
     */
    public static WatchFanOut open(
            List<InetSocketAddress> servers, int count, String path, int znodes, int dataBytes, boolean oneShot) {
        return new WatchFanOut(servers, count, path, znodes, dataBytes, oneShot);
    }

    /** One completion is one change of each znode, all at once, its latency the time until all watchers were told. */
    public Tally measure(Duration warmUp, Duration time) {
        return FanOut.changeFor(warmUp, time, this::changeOnce);
    }

    private Connection writer() {
        return writers.connections().getFirst();
    }

    private void changeOnce(Tally tally) {
        told = 0;
        changed = 0;
        long began = System.nanoTime();
        sendForEachZnode(writer(), change);
        loop.runUntil(() -> told == watches() && changed == znodes, PATIENCE, "all watchers to be told");
        tally.completed(lastToldNanos - began, 0);
        if (oneShot) {
            arm();
        }
    }

    private int watches() {
        return watchers.count() * znodes;
    }

    private void arm() {
        armed = 0;
        watchers.connections().forEach(watcher -> sendForEachZnode(watcher, watch));
        loop.runUntil(() -> armed == watches(), PATIENCE, "watches to be set");
    }

    private void sendForEachZnode(Connection connection, Frame frame) {
        var batch = loop.batch(znodes * frame.lengthBytes());
        for (int znode = 0; znode < znodes; znode++) {
            frame.putTo(batch, 1, znode);
        }
        connection.send(batch.flip());
    }

    @Override
    public void close() {
        try (loop;
                watchers) {
            writers.close();
        }
    }

    private final class Watcher implements Conversation {
        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {
            if (Reply.xid(in, at) == Reply.NOTIFICATION_XID) {
                told++;
                lastToldNanos = nowNanos;
            } else {
                armed++;
                noteError(in, at);
            }
        }
    }

    private final class Writer implements Conversation {
        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {
            changed++;
            noteError(in, at);
        }
    }

    private void noteError(ByteBuffer in, int at) {
        if (Reply.error(in, at) != 0) {
            throw new LoadException("The server answered " + Reply.error(in, at) + " to the watchers' requests.");
        }
    }
}
