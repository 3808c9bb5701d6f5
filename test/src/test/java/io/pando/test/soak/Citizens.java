package io.pando.test.soak;

import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Recorder;

/**
 * Clients that mean well: each writes and reads a znode of its own in turn, forty times a second. They record how long that takes, and everything that goes
 * wrong. What a client could not ask when it was due, since the answer before was not there yet, counts from when it was due: so a server that stands still
 * is charged with all that it holds up.
 */
final class Citizens implements AutoCloseable {
    private static final int TIMEOUT_MS = 40_000;
    private static final int PATIENCE_MS = 60_000;
    private static final long EVERY_NANOS = 25_000_000;
    private static final long LONGEST_NANOS = 120_000_000_000L;

    private final List<Thread> threads = new ArrayList<>();
    private final Recorder reads = new Recorder(LONGEST_NANOS, 3);
    private final Recorder writes = new Recorder(LONGEST_NANOS, 3);
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private volatile boolean over; // asked by all, said by whoever closes

    /**
     * They begin at once.
     *
     * @param ports of the servers, which share them
     */
    Citizens(int count, List<Integer> ports) throws IOException {
        for (int i = 0; i < count; i++) {
            RawClient client = RawClient.connect(ports.get(i % ports.size()), TIMEOUT_MS);
            String path = "/citizen-" + i;
            client.call(Op.CREATE, Body.create(path, new byte[100], 0));
            threads.add(Thread.ofPlatform().name("citizen-" + i).start(() -> live(client, path)));
        }
    }

    private void live(RawClient client, String path) {
        try (client) {
            client.patience(PATIENCE_MS);
            long dueNanos = System.nanoTime() + ThreadLocalRandom.current().nextLong(EVERY_NANOS);
            boolean aWrite = true;
            while (!over) {
                if (aWrite) {
                    timed(client, dueNanos, writes, Op.SET_DATA, Body.setData(path, new byte[100], -1));
                } else {
                    timed(client, dueNanos, reads, Op.GET_DATA, Body.read(path, false));
                }
                aWrite = !aWrite;
                dueNanos += EVERY_NANOS;
            }
            client.closeSession();
        } catch (IOException e) {
            errors.add(path + ": " + e);
        }
    }

    private void timed(RawClient client, long dueNanos, Recorder latencies, int op, Body body) throws IOException {
        long began = awaitNanos(dueNanos);
        Reply reply = client.call(op, body);
        latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - began));
        if (reply.error() != Errors.OK) {
            errors.add("Request " + op + " was answered with " + reply.error());
        }
    }

    /** Returns when the call begins: when it was due if that is over, else now, for to wake up late is no fault of a server. */
    private static long awaitNanos(long dueNanos) {
        long now = System.nanoTime();
        if (now - dueNanos >= 0) return dueNanos;
        while (now - dueNanos < 0) {
            LockSupport.parkNanos(dueNanos - now);
            now = System.nanoTime();
        }
        return now;
    }

    /** How long their calls took since this was asked last, in nanoseconds. */
    Latencies takeLatencies() {
        return new Latencies(reads.getIntervalHistogram(), writes.getIntervalHistogram());
    }

    /** What went wrong so far: to be empty. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
