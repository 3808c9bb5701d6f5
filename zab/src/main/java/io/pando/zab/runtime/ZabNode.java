package io.pando.zab.runtime;

import io.pando.zab.log.FileSystem;
import io.pando.zab.log.LogFigures;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.LogWriter;
import io.pando.zab.log.RecoveredHistory;
import io.pando.zab.log.RecoveryTarget;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.RecordVisitor;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders transactions and delivers them once they are committed; here for an ensemble of one, in which durable is committed.
 *
 * <pre>
 *   propose … propose, flush ─▶ log thread: write, fdatasync ─▶ doorbell ─▶ poll ─▶ StateMachine.deliver
 * </pre>
 *
 * <p>All methods are for the core thread, unless they say otherwise. That thread must not be interrupted: it may be writing.
 */
public final class ZabNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ZabNode.class);
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();
    // What its history calls the server that is an ensemble of its own; nobody connects to these ports.
    private static final Membership ALONE = new Membership(0, List.of(Member.parse(0, "localhost:2888:3888")));
    // A batch of this size is on its way before the core has finished its own.
    private static final int BATCH_BYTES = 256 * 1024;

    private final ZabConfig config;
    private final LogStore store;
    private final StateMachine machine;
    private final Consumer<Halt> onHalt;
    private final LogWriter writer;
    private final SnapshotTaker snapshots;
    private final SnapshotSchedule schedule;
    private final AtomicBoolean halted = new AtomicBoolean();
    private final RecordVisitor delivery = this::deliver;

    // On their way to the disk, to be delivered when they are durable.
    private final Deque<Records> inFlight = new ArrayDeque<>();
    private Records.Builder open;

    private EpochTable deliveredEpochs;
    // Written by the core, also read by whoever asks for figures.
    private volatile long lastProposed;
    private volatile long lastDelivered;

    private ZabNode(
            ZabConfig config,
            LogStore store,
            RecoveredHistory history,
            StateMachine machine,
            RandomGenerator random,
            Runnable doorbell,
            Consumer<Halt> onHalt)
            throws IOException {
        this.config = config;
        this.store = store;
        this.machine = machine;
        this.onHalt = onHalt;
        this.deliveredEpochs = history.epochs().truncatedTo(history.commitZxid());
        this.inFlight.addAll(history.uncommitted());
        this.open = new Records.Builder(history.lastZxid());
        this.lastProposed = history.lastZxid();
        this.lastDelivered = history.commitZxid();
        this.writer = store.startWriter(doorbell, this::halt);
        this.snapshots = new SnapshotTaker(store, this::halt);
        this.schedule = new SnapshotSchedule(config.snapshotEveryTxns(), config.snapshotEveryBytes(), random);
        schedule.count(history.replayedTxns(), history.replayedBytes());
    }

    /**
     * Recovers on the calling thread: the machine gets the newest good snapshot and every transaction after it. Then a new epoch
     * begins, and this returns when its marker is durable.
     *
     * @param random decides when snapshots are due; another sequence on each server of an ensemble
     * @param doorbell run on the log thread whenever {@link #poll} has something to deliver that {@link #flush} has not told of
     * @param onHalt run at most once, on any thread, when the disk has failed; nothing is committed any more after that
     * @throws IOException if the directory is in use, not ours, or damaged: the message says what to do
     */
    public static ZabNode start(
            ZabConfig config,
            FileSystem files,
            StateMachine machine,
            RandomGenerator random,
            Runnable doorbell,
            Consumer<Halt> onHalt)
            throws IOException {
        LogStore store = LogStore.open(config.log(), files);
        try {
            RecoveredHistory history = store.recover(targetOf(machine));
            if (!store.identity().isAdopted()) {
                store.adopt(UUID.randomUUID());
            }
            ZabNode node = new ZabNode(config, store, history, machine, random, doorbell, onHalt);
            node.beginEpoch();
            node.drain();
            if (node.halted.get()) {
                throw new IOException("The transaction log can't be written.");
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

    static RecoveryTarget targetOf(StateMachine machine) {
        return new RecoveryTarget() {
            @Override
            public void install(InputStream snapshot, long zxid) throws IOException {
                machine.install(snapshot, zxid);
            }

            @Override
            public void deliver(long zxid, ByteBuffer payload) {
                machine.deliver(zxid, payload);
            }
        };
    }

    /** The zxid that the next proposal gets. Begins a new epoch when this one's counter is used up. */
    public long nextZxid() {
        if (Integer.compareUnsigned(Zxid.counter(lastProposed), config.lastCounter()) >= 0) {
            renewEpoch();
        }
        return lastProposed + 1;
    }

    /** Appends a transaction to the current batch and returns its zxid. The payload is copied. */
    public long propose(ByteBuffer payload) {
        return append(nextZxid(), RecordType.TXN, payload);
    }

    private long append(long zxid, RecordType type, ByteBuffer payload) {
        open.append(zxid, type, payload);
        lastProposed = zxid;
        if (open.lengthBytes() >= BATCH_BYTES) {
            handOver();
            writer.submit();
        }
        return zxid;
    }

    private void handOver() {
        if (open.lengthBytes() > 0) {
            Records records = open.build();
            inFlight.addLast(records);
            writer.append(records, lastDelivered);
            open = new Records.Builder(records.lastZxid());
        }
    }

    /**
     * Ends the current batch and sends it on its way to the disk. While many are on their way it is kept and grows: call this at
     * the end of every round of the core, also of one that had only a doorbell to answer.
     *
     * @return true if it is durable already: {@link #poll} has something, and the doorbell is not rung for it
     */
    public boolean flush() {
        handOver();
        return writer.submit();
    }

    /** Delivers everything that has been committed since; returns how many transactions that was. */
    public int poll() {
        int delivered = 0;
        long bytes = 0;
        long durable = writer.durable().zxid();
        while (!inFlight.isEmpty() && !Zxid.isAfter(inFlight.getFirst().lastZxid(), durable)) {
            Records records = inFlight.removeFirst();
            records.forEach(delivery);
            delivered += records.count();
            bytes += records.lengthBytes();
        }
        if (delivered > 0) {
            writer.committed(lastDelivered);
            schedule.count(delivered, bytes);
            takeSnapshotIfDue();
        }
        return delivered;
    }

    private void deliver(long zxid, RecordType type, ByteBuffer payload) {
        if (type == RecordType.TXN) {
            machine.deliver(zxid, payload);
        }
        deliveredEpochs = deliveredEpochs.following(lastDelivered, zxid);
        lastDelivered = zxid;
    }

    private void takeSnapshotIfDue() {
        if (schedule.isDue()) {
            takeSnapshotNow();
        }
    }

    /** Captures the state and has it written in the background; does nothing while a snapshot is being written already. */
    public void takeSnapshotNow() {
        if (snapshots.isBusy()) {
            return;
        }
        schedule.restart();
        snapshots.take(new SnapshotMeta(lastDelivered, deliveredEpochs, ALONE), machine.capture());
    }

    private void renewEpoch() {
        try {
            beginEpoch();
        } catch (IOException e) {
            halt("the promise of the next epoch can't be written", e);
            throw new IllegalStateException("The disk has failed; this server is stopping.", e);
        }
    }

    /** Promised first, so that this epoch is never used again, whatever happens before its marker is durable. */
    private void beginEpoch() throws IOException {
        int highest = Math.max(store.promise().acceptedEpoch(), Zxid.epoch(lastProposed));
        if (highest == Integer.MAX_VALUE) {
            throw new IOException("All epochs are used up.");
        }
        int epoch = highest + 1;
        store.promise(store.promise().withEpoch(epoch, store.identity().serverId()));
        append(Zxid.of(epoch, 0), RecordType.MARKER, EMPTY);
        log.info("Leading an ensemble of one in epoch {}.", epoch);
    }

    /** Makes durable and delivers all that was proposed, here and now. */
    private void drain() {
        handOver();
        writer.writeNow();
        poll();
    }

    private void halt(String what, Throwable cause) {
        if (halted.compareAndSet(false, true)) {
            log.error("Stopping so that nothing is acknowledged falsely: {}.", what, cause);
            onHalt.accept(new Halt(what, cause));
        }
    }

    /** Whether the log has room for more. False while the disk is full, true again by itself. Any thread. */
    public boolean writable() {
        return !halted.get() && store.isWritable();
    }

    /** Any thread. */
    public int epoch() {
        return Zxid.epoch(lastDelivered);
    }

    /** Any thread. */
    public long lastProposed() {
        return lastProposed;
    }

    /** Any thread. */
    public long lastDelivered() {
        return lastDelivered;
    }

    /** Any thread. */
    public LogFigures figures() {
        return store.figures();
    }

    /** The newest snapshot written since the start, or null. Any thread. */
    public @Nullable SnapshotFigures latestSnapshot() {
        return snapshots.latest();
    }

    /** Makes everything proposed durable, ends all threads and unlocks the directory. Once the core proposes no more. */
    @Override
    public void close() throws IOException {
        drain();
        snapshots.close();
        store.close();
    }
}
