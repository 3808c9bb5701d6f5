package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Changes a znode that many sessions watch, again and again, and takes the time until the last of them was told.
 *
 * <p>One-shot watches are set anew between two changes, outside of what is measured. Lives on the load thread.
 */
public final class WatchFanOut {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadLoop loop;
    private final Sessions watchers;
    private final Connection writer;
    private final Frame change;
    private final Frame watch;
    private final boolean oneShot;
    private final Tally tally = new Tally();
    private int armed;
    private int told;
    private int changed;
    private long lastToldNanos;

    private WatchFanOut(
            LoadLoop loop, Sessions watchers, Connection writer, String path, int dataBytes, boolean oneShot) {
        this.loop = loop;
        this.watchers = watchers;
        this.writer = writer;
        this.oneShot = oneShot;
        change = Frames.set(path, dataBytes);
        watch = oneShot ? Frames.getAndWatch(path) : Frames.watchPersistently(path);
    }

    /** One completion is one change, its latency the time until all {@code count} watchers were told. */
    public static Tally run(
            List<InetSocketAddress> servers,
            int count,
            String path,
            int dataBytes,
            boolean oneShot,
            Duration warmUp,
            Duration time) {
        try (var loop = new LoadLoop();
                var watchers = Sessions.open(loop, servers, count);
                var writers = Sessions.open(loop, servers, 1)) {
            var writer = writers.connections().getFirst();
            return new WatchFanOut(loop, watchers, writer, path, dataBytes, oneShot).run(warmUp, time);
        }
    }

    private Tally run(Duration warmUp, Duration time) {
        watchers.connections().forEach(watcher -> watcher.converse(new Watcher()));
        writer.converse(new Writer());
        arm();
        changeFor(warmUp);
        tally.begin();
        changeFor(time);
        tally.end();
        return tally;
    }

    private void changeFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        do {
            changeOnce();
        } while (System.nanoTime() < end);
    }

    private void changeOnce() {
        told = 0;
        changed = 0;
        long began = System.nanoTime();
        loop.send(writer, change, 1);
        loop.runUntil(() -> told == watchers.count() && changed == 1, PATIENCE, "all watchers to be told");
        tally.completed(lastToldNanos - began, 0);
        if (oneShot) {
            arm();
        }
    }

    private void arm() {
        armed = 0;
        watchers.connections().forEach(watcher -> loop.send(watcher, watch, 1));
        loop.runUntil(() -> armed == watchers.count(), PATIENCE, "watches to be set");
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
