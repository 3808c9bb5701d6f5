package io.pando.zab.runtime;

import io.pando.zab.log.FileSystem;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.RecoveredHistory;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * From a directory to a server that runs: opens the disk, brings the state machine up to what it remembers, lets the core begin. What was
 * opened is closed again if that fails. Starting thread.
 */
final class NodeStart {
    private final ZabConfig config;
    private final Host host;
    private final StateMachine machine;
    private final RandomGenerator random;
    private final Runnable doorbell;
    private final Consumer<Halt> onHalt;
    private final Semaphore rings = new Semaphore(0);

    NodeStart(
            ZabConfig config,
            Host host,
            StateMachine machine,
            RandomGenerator random,
            Runnable doorbell,
            Consumer<Halt> onHalt) {
        this.config = config;
        this.host = host;
        this.machine = machine;
        this.random = random;
        this.doorbell = doorbell;
        this.onHalt = onHalt;
    }

    /** Starts with what these files hold. */
    ZabNode from(FileSystem files) throws IOException {
        try {
            return from(LogStore.open(config.log(), files, host.clock()::nanoTime));
        } catch (IOException | RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    private ZabNode from(LogStore store) throws IOException {
        try {
            RecoveredHistory history = store.recover(new RecoveringMachine(machine));
            Belonging.require(
                    config.ensemble(), history.remembered(), config.log().dataDir());
            ZabNode node = new ZabNode(config, host, store, history, machine, random, this::ring, onHalt);
            node.begin();
            if (config.ensemble().isAlone()) {
                awaitLeadership(node);
            }
            return node;
        } catch (IOException | RuntimeException | Error e) {
            try {
                store.close();
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private void ring() {
        rings.release();
        doorbell.run();
    }

    private void awaitLeadership(ZabNode node) throws IOException {
        while (!node.role().active() && !node.isHalted()) {
            rings.acquireUninterruptibly();
            node.turn();
        }
        if (node.isHalted()) {
            throw new IOException("The transaction log can't be written.");
        }
    }
}
