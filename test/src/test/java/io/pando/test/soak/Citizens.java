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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Clients that mean well: each writes and reads a znode of its own, over and over, a few hundred times a second together. They record how long that takes,
 * and everything that goes wrong.
 */
final class Citizens implements AutoCloseable {
    private static final int TIMEOUT_MS = 40_000;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_NANOS = 120_000_000_000L;

    private final List<Thread> threads = new ArrayList<>();
    private final Recorder latencies = new Recorder(LONGEST_NANOS, 3);
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong calls = new AtomicLong();
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
            client.patience(60_000);
            while (!over) {
                timed(client, Op.SET_DATA, Body.setData(path, new byte[100], -1));
                timed(client, Op.GET_DATA, Body.read(path, false));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            client.closeSession();
        } catch (IOException e) {
            errors.add(path + ": " + e);
        }
    }

    private void timed(RawClient client, int op, Body body) throws IOException {
        long began = System.nanoTime();
        Reply reply = client.call(op, body);
        latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - began));
        calls.incrementAndGet();
        if (reply.error() != Errors.OK) {
            errors.add("Request " + op + " was answered with " + reply.error());
        }
    }

    /** How long their calls took since this was asked last, in nanoseconds. */
    Histogram takeLatencies() {
        return latencies.getIntervalHistogram();
    }

    /** How many calls were answered so far. */
    long calls() {
        return calls.get();
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
