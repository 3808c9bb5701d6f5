package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sessions that write without a pause while something happens to the servers, and the longest time in which none of their writes was
 * acknowledged.
 *
 * <p>Each session has a thread of its own, because it has to wait, give up and connect again by itself; its monitor guards what they
 * share.
 */
public final class WriteGaps implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<LastingWriter> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long lastNanos = System.nanoTime();
    private long longestNanos;

    private WriteGaps() {}

    /** {@code sessions} in all, spread over the servers in turn; each goes back to its own server whenever it is cut off. */
    public static WriteGaps open(List<InetSocketAddress> servers, int sessions, String path, int dataBytes) {
        var gaps = new WriteGaps();
        for (int i = 0; i < sessions; i++) {
            var server = servers.get(i % servers.size());
            var writer = new LastingWriter(server, Frames.set(path, dataBytes), gaps::acknowledged);
            gaps.writers.add(writer);
            gaps.threads.add(Thread.ofPlatform().daemon().name("writer-" + i).start(writer));
        }
        return gaps;
    }

    private synchronized void acknowledged() {
        long now = System.nanoTime();
        longestNanos = Math.max(longestNanos, now - lastNanos);
        lastNanos = now;
        notifyAll();
    }

    /** Lets them write, and forgets how it went. */
    public void runFor(Duration time) {
        awaitAllWrite();
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        synchronized (this) {
            longestNanos = 0;
        }
    }

    /** The longest time without an acknowledged write since {@link #runFor}, once every session writes again. */
    public Duration longestUntilAllWrite() {
        awaitAllWrite();
        synchronized (this) {
            return Duration.ofNanos(longestNanos);
        }
    }

    /** Twice: what was on its way may have been acknowledged before. */
    private synchronized void awaitAllWrite() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var enough = writers.stream().map(writer -> writer.acknowledged() + 2).toList();
        try {
            for (int i = 0; i < writers.size(); i++) {
                while (writers.get(i).acknowledged() < enough.get(i)) {
                    long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (leftMs <= 0) {
                        throw new LoadException(
                                "Waited " + PATIENCE.toSeconds() + " s for " + writers.get(i) + " to write.");
                    }
                    wait(leftMs);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static LoadException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LoadException("Interrupted while sessions were writing.", e);
    }

    @Override
    public void close() {
        writers.forEach(LastingWriter::stop);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }
}
