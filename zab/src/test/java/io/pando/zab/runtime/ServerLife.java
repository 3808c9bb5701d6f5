package io.pando.zab.runtime;

import io.pando.zab.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A server that works on a simulated disk until the disk fails, and what an outsider knows of it: what was proposed, and up to
 * where it was acknowledged.
 */
final class ServerLife {
    private final SimulatedDisk disk;
    private final ZabConfig config;
    private final Semaphore news = new Semaphore(0);
    private final Ledger ledger = new Ledger();
    private final List<Map.Entry<Long, String>> history = new ArrayList<>();
    private volatile boolean halted;
    private int recovered;
    private int acknowledged;
    private boolean started;
    private @Nullable IOException refusal;

    ServerLife(SimulatedDisk disk, ZabConfig config) {
        this.disk = disk;
        this.config = config;
    }

    /** Everything recovered or proposed in this life, in order. */
    List<Map.Entry<Long, String>> history() {
        return history;
    }

    /** So many of the history must never be lost. */
    int acknowledged() {
        return acknowledged;
    }

    /** So many were there at the start. */
    int recovered() {
        return recovered;
    }

    /** Why the server did not start, or null if it did. */
    @Nullable
    IOException refusal() {
        return refusal;
    }

    /** Starts, proposes in batches of random size, and ends cleanly unless the disk fails before. */
    void run(int txns, RandomGenerator random) {
        try (ZabNode node = ZabNode.start(
                config,
                new ThreadedHost(Duration.ZERO),
                disk,
                ledger,
                new SplittableRandom(1),
                news::release,
                this::halt)) {
            started = true;
            history.addAll(ledger.entries().entrySet());
            recovered = history.size();
            acknowledged = history.size();
            for (int i = 0; i < txns && !halted; i++) {
                propose(node, random);
                if (random.nextInt(3) == 0) {
                    commit(node);
                }
                if (random.nextInt(12) == 0) {
                    node.takeSnapshotNow();
                }
            }
            commit(node);
        } catch (IOException e) {
            // The disk has failed at a moment when there is nothing to report it to but the caller of start or close.
            halted = true;
            refusal = started ? null : e;
        }
    }

    private void propose(ZabNode node, RandomGenerator random) {
        // Runs of zeros too: blank sectors that a client wrote must not pass for lost ones.
        String text = "txn " + history.size() + (random.nextBoolean() ? "!" : "\0").repeat(random.nextInt(700));
        long zxid = node.propose(Ledger.bytes(text));
        history.add(Map.entry(zxid, text));
    }

    private void commit(ZabNode node) {
        node.turn();
        acknowledged = Math.max(acknowledged, ledger.entries().size());
        while (!halted && node.lastDelivered() != node.lastProposed()) {
            news.acquireUninterruptibly();
            node.turn();
            acknowledged = Math.max(acknowledged, ledger.entries().size());
        }
    }

    private void halt(Halt halt) {
        halted = true;
        news.release();
    }
}
