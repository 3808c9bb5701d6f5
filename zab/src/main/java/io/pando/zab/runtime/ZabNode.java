package io.pando.zab.runtime;

import io.pando.zab.core.CoreConfig;
import io.pando.zab.core.Effect;
import io.pando.zab.core.Effects;
import io.pando.zab.core.Event;
import io.pando.zab.core.LeaderFigures;
import io.pando.zab.core.NodeView;
import io.pando.zab.core.RecoveredState;
import io.pando.zab.core.RoleView;
import io.pando.zab.core.ZabCore;
import io.pando.zab.log.FileSystem;
import io.pando.zab.log.LogFigures;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.LogWriter;
import io.pando.zab.log.RecoveredHistory;
import io.pando.zab.log.RecoveryTarget;
import io.pando.zab.message.Hello;
import io.pando.zab.message.ListedMembers;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server's part in the broadcast: drives the core, and carries out what it wants over disk, network and state machine.
 *
 * <pre>
 *   propose … propose ─┐                             ┌▶ log, promise, snapshots ─┐
 *   links, disk, time ─┴▶ turn: events ─▶ ZabCore ─▶ effects ─▶ links            ├▶ inbox, doorbell ─▶ next turn
 *                                                    └▶ StateMachine             ┘
 * </pre>
 *
 * <p>All methods are for the core thread, unless they say otherwise. That thread must not be interrupted: it may be writing.
 */
public final class ZabNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ZabNode.class);

    private static final long COMPLAINT_NANOS = Duration.ofSeconds(5).toNanos();

    private final ZabConfig config;
    private final Host host;
    private final Clock clock;
    private final LogStore store;
    private final StateMachine machine;
    private final Consumer<Halt> onHalt;
    private final Runnable doorbell;
    private final Effects effects = new Effects();
    private final ZabCore core;
    private final Inbox inbox;
    private final Alarm alarm;
    private final Workers workers;
    private final SnapshotTaker snapshots;
    private final SnapshotSchedule schedule;
    private final SnapshotExchange exchange;
    private final Peers peers;
    private final AtomicBoolean halted = new AtomicBoolean();
    private final Consumer<Effect> carryOut = this::carryOut;
    private final RecordVisitor delivery = this::deliver;

    // Null until this server belongs to an ensemble: only then it may write.
    private @Nullable LogWriter writer;
    private LogWriter.Position reported = new LogWriter.Position(0, Zxid.NONE);
    private EpochTable deliveredEpochs;
    private long toldCommit;
    private int deliveredTxns;
    private boolean snapshotWanted;
    private boolean toldWritable = true;
    // Written by the core, also read by whoever asks for figures.
    private volatile NodeView view;
    private volatile Hello hello;
    private volatile long lastDelivered;
    private long complainedAtNanos;
    private volatile long roleSinceNanos;

    private ZabNode(
            ZabConfig config,
            Host host,
            LogStore store,
            RecoveredHistory history,
            StateMachine machine,
            RandomGenerator random,
            Runnable doorbell,
            Consumer<Halt> onHalt)
            throws IOException {
        this.config = config;
        this.host = host;
        this.clock = host.clock();
        this.complainedAtNanos = clock.nanoTime();
        this.roleSinceNanos = clock.nanoTime();
        this.store = store;
        this.machine = machine;
        this.onHalt = onHalt;
        this.doorbell = doorbell;
        this.deliveredEpochs = history.epochs().truncatedTo(history.commitZxid());
        this.lastDelivered = history.commitZxid();
        this.inbox = new Inbox(doorbell);
        this.alarm = new Alarm(host.timer(), doorbell);
        this.workers = new Workers(host, store, inbox, this::halt);
        this.snapshots = new SnapshotTaker(host, store, inbox, this::halt);
        this.schedule = new SnapshotSchedule(config.snapshotEveryTxns(), config.snapshotEveryBytes(), random);
        schedule.count(history.replayedTxns(), history.replayedBytes());
        this.exchange = new SnapshotExchange(store.snapshots(), machine, inbox);
        if (store.identity().isAdopted()) {
            startWriting();
        }
        this.core = new ZabCore(coreConfig(), recovered(history), random, effects);
        this.view = core.view();
        this.hello = introduction(random.nextLong());
        this.peers = Peers.open(host, config.ensemble(), () -> hello, inbox, exchange);
    }

    private CoreConfig coreConfig() {
        EnsembleConfig ensemble = config.ensemble();
        return new CoreConfig(
                ensemble.serverId(),
                store.identity().dataId(),
                ensemble.initial(),
                ensemble.genesisByQuorum(),
                ensemble.limits(),
                ensemble.timing(),
                config.lastCounter());
    }

    private RecoveredState recovered(RecoveredHistory history) {
        return new RecoveredState(
                store.promise(),
                store.identity().clusterId(),
                history.lastZxid(),
                history.commitZxid(),
                history.epochs(),
                history.uncommitted(),
                history.membership(),
                history.snapshot());
    }

    /** A server without a history can join any ensemble. */
    private Hello introduction(long incarnation) {
        boolean hasHistory = view.lastZxid() != Zxid.NONE;
        return new Hello(
                hasHistory ? store.identity().clusterId() : Hello.NO_CLUSTER,
                config.ensemble().serverId(),
                store.identity().dataId(),
                incarnation,
                config.ensemble().frames().recordBytes(),
                view.membership().version() == 0
                        ? ListedMembers.of(config.ensemble().initial())
                        : ListedMembers.NONE);
    }

    /**
     * Recovers on the calling thread: the machine gets the newest good snapshot and every transaction after it that is known to be
     * committed. A server that is an ensemble of its own leads when this returns; another one begins to look for a leader.
     *
     * @param host what it runs on, and {@code files} its disk; the host is closed with the node, or when it can't start
     * @param random decides when snapshots are due and whatever else is left to chance; another sequence on each server of an
     *     ensemble
     * @param doorbell run on any thread whenever {@link #turn} has something to do
     * @param onHalt run at most once, on any thread, when this server can't go on; nothing is committed any more after that
     * @throws IOException if the directory is in use, not ours, or damaged: the message says what to do; or if a port is taken
     */
    public static ZabNode start(
            ZabConfig config,
            Host host,
            FileSystem files,
            StateMachine machine,
            RandomGenerator random,
            Runnable doorbell,
            Consumer<Halt> onHalt)
            throws IOException {
        try {
            LogStore store = LogStore.open(config.log(), files, host.clock()::nanoTime);
            return start(config, host, store, machine, random, doorbell, onHalt);
        } catch (IOException | RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    private static ZabNode start(
            ZabConfig config,
            Host host,
            LogStore store,
            StateMachine machine,
            RandomGenerator random,
            Runnable doorbell,
            Consumer<Halt> onHalt)
            throws IOException {
        Semaphore bell = new Semaphore(0);
        try {
            RecoveredHistory history = store.recover(targetOf(machine));
            Belonging.require(
                    config.ensemble(), history.remembered(), config.log().dataDir());
            ZabNode node = new ZabNode(
                    config,
                    host,
                    store,
                    history,
                    machine,
                    random,
                    () -> {
                        bell.release();
                        doorbell.run();
                    },
                    onHalt);
            node.step(new Event.Start());
            node.turn();
            if (config.ensemble().isAlone()) {
                node.awaitLeadership(bell);
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

    private void awaitLeadership(Semaphore bell) throws IOException {
        while (!view.role().active() && !halted.get()) {
            bell.acquireUninterruptibly();
            turn();
        }
        if (halted.get()) {
            throw new IOException("The transaction log can't be written.");
        }
    }

    static RecoveryTarget targetOf(StateMachine machine) {
        return new RecoveryTarget() {
            @Override
            public void install(InputStream snapshot, long zxid) throws IOException {
                machine.read(snapshot, zxid).install();
            }

            @Override
            public void deliver(long zxid, ByteBuffer payload) {
                machine.deliver(zxid, payload);
            }
        };
    }

    // ---- what the server wants

    /** Whether this server leads and a proposal gets a zxid now. It doesn't for a moment while a new epoch begins. */
    public boolean mayPropose() {
        return !halted.get() && core.mayPropose();
    }

    /** The zxid that the next proposal gets. */
    public long nextZxid() {
        return core.lastProposed() + 1;
    }

    /**
     * Proposes a transaction and returns its zxid. The payload is copied; it leaves with the next {@link #turn}.
     *
     * @throws IllegalStateException unless {@link #mayPropose}
     */
    public long propose(ByteBuffer payload) {
        return core.propose(payload);
    }

    /** Hands something to the leader's state machine; lost if there is none. The payload must not change any more. */
    public void forward(ByteBuffer payload) {
        step(new Event.Forward(payload));
    }

    /** Answers a member's state machine; lost if this server does not lead, or the member is gone. */
    public void reply(long toServer, ByteBuffer payload) {
        step(new Event.Reply(toServer, payload));
    }

    /**
     * Asks for a zxid that is not below anything requested of the leader before; answered by the state machine's methods. On a leader
     * everything that was requested in earlier turns has been proposed by now, if it may be.
     */
    public void barrier(long request) {
        step(new Event.Barrier(request));
    }

    /** Gives leadership to another server that has everything; does nothing if this one does not lead. */
    public void resign() {
        step(new Event.Resign(-1));
    }

    /** Whether the servers for which the question is answered with yes are a quorum, as far as their voices count. */
    public boolean isQuorum(LongPredicate among) {
        return core.isQuorum(among);
    }

    /**
     * This server has made something else of the history than a quorum has: it stops, and its next start sets its data aside.
     *
     * @param report for people who want to know how that came about; kept with the data
     */
    public void disown(String reason, String report) {
        if (!halted.compareAndSet(false, true)) {
            return;
        }
        IllegalStateException cause = new IllegalStateException(reason);
        try {
            store.disown(report);
            onHalt.accept(new Halt(reason, cause, true));
        } catch (IOException e) {
            cause.addSuppressed(e);
            onHalt.accept(new Halt(reason + ", and that can't be written down", cause));
        }
        doorbell.run();
    }

    /** Whether data of this server was set aside, and nobody has moved it away since. */
    public boolean keepsEvidence() throws IOException {
        return store.keepsEvidence();
    }

    // ---- a turn of the core

    /**
     * Does what there is to do: to be called whenever the doorbell has rung, and at the end of every round of the core, by whoever has
     * nothing to do between {@link #advance} and {@link #write}.
     *
     * @return how many transactions were delivered
     */
    public int turn() {
        int delivered = advance();
        while (write()) {
            delivered += advance();
        }
        return delivered;
    }

    /**
     * Lets go what was proposed, takes in what has happened, and delivers what is committed; to be called when all is proposed that was
     * requested in the turn before, if it may be. {@link #write} has to follow, behind what clients and other servers wait for.
     *
     * @return how many transactions were delivered
     */
    public int advance() {
        deliveredTxns = 0;
        core.flush(clock.nanoTime());
        carryOutEffects();
        for (Event event = inbox.take(); event != null; event = inbox.take()) {
            step(event);
        }
        tellOfTheDisk();
        tick();
        peers.flush();
        takeSnapshotIfDue();
        long now = clock.nanoTime();
        alarm.setFor(core.nextDeadlineNanos(), now);
        boolean quorumWasWritable = view.quorumWritable();
        view = core.view();
        if (quorumWasWritable != view.quorumWritable()) {
            tellOfFullDisks();
        }
        complainWithoutLeader(now);
        return deliveredTxns;
    }

    /**
     * Hands to the log what there is to write. A short piece is waited for: so first let everybody have what waits for other disks than
     * this one's.
     *
     * @return whether it is durable already, so that there is more to {@link #advance}; otherwise the doorbell rings
     */
    public boolean write() {
        return writer != null && writer.submit(mayWaitForTheDisk());
    }

    /** A leader of others has to let them hear of it all the time, whatever its own disk does: it is not even needed for a quorum. */
    private boolean mayWaitForTheDisk() {
        return config.ensemble().isAlone() || !view.role().isLeading();
    }

    private void tellOfFullDisks() {
        if (view.quorumWritable()) {
            log.info("A quorum has space on its disks again, or other servers decide about writes.");
        } else {
            log.error("The disks of so many other servers are full that no quorum has space: writes are refused until"
                    + " there is.");
        }
    }

    /** Whoever looks into the log of a server that serves nobody wants to know whom it waits for. */
    private void complainWithoutLeader(long now) {
        if (view.role().active()) {
            complainedAtNanos = now;
        } else if (now - complainedAtNanos > COMPLAINT_NANOS) {
            complainedAtNanos = now;
            List<Long> missing = view.membership().participants().stream()
                    .map(Member::id)
                    .filter(id -> id != config.ensemble().serverId())
                    .filter(id -> !view.linked().contains(id))
                    .toList();
            log.warn(
                    "Without a leader; {}linked with servers {}, waiting for servers {}.",
                    view.lastZxid() == Zxid.NONE && !config.ensemble().genesisByQuorum()
                            ? "an ensemble without data begins when all participants are there; "
                            : "",
                    view.linked(),
                    missing);
        }
    }

    private void step(Event event) {
        core.step(event, clock.nanoTime());
        carryOutEffects();
    }

    private void carryOutEffects() {
        effects.drainTo(carryOut);
    }

    private void tick() {
        boolean writable = writer == null || store.isWritable();
        if (writable != toldWritable) {
            toldWritable = writable;
            step(new Event.Writable(writable));
        }
        if (clock.nanoTime() >= core.nextDeadlineNanos()) {
            step(new Event.Tick());
        }
    }

    private void tellOfTheDisk() {
        LogWriter open = writer;
        if (open == null) {
            return;
        }
        LogWriter.Position durable = open.durable();
        if (!durable.equals(reported)) {
            reported = durable;
            step(new Event.LogDurable(durable.generation(), durable.zxid()));
        }
        if (toldCommit != lastDelivered) {
            toldCommit = lastDelivered;
            open.committed(toldCommit);
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send send -> peers.send(send.link(), send.message());
            case Effect.CloseLink close -> peers.close(close.link(), close.why());
            case Effect.Append append -> writing().append(append.records(), append.commitHint());
            case Effect.Truncate truncate -> writing().truncate(truncate.generation(), truncate.keepUpTo());
            case Effect.ResetLog reset -> writing().reset(reset.generation(), reset.base());
            case Effect.PersistPromise promise -> persist(promise);
            case Effect.ReadLog read -> workers.read(read);
            case Effect.FetchSnapshot fetch -> peers.fetch(fetch, core.view().membership());
            case Effect.InstallSnapshot install -> install(install);
            case Effect.TakeSnapshot take -> snapshotWanted = true;
            case Effect.Deliver deliver -> deliver(deliver.records());
            case Effect.RoleChanged changed -> roleChanged(changed);
            case Effect.MembershipChanged changed ->
                peers.connectTo(changed.pending() == null ? changed.committed() : changed.pending());
            case Effect.MembersHeardOf heard -> peers.connectTo(heard.membership());
            case Effect.BarrierPassed passed -> machine.barrierPassed(passed.request(), passed.zxid());
            case Effect.BarrierFailed failed -> machine.barrierFailed(failed.request());
            case Effect.MembershipInstalled installed ->
                log.info("The members of version {} are in force.", Zxid.toString(installed.version()));
            case Effect.MembershipRefused refused -> log.warn("The members stay as they are: {}.", refused.why());
            case Effect.Requested requested -> machine.requested(requested.from(), requested.payload());
            case Effect.Answered answered -> machine.answered(answered.payload());
            case Effect.Halt stop -> halt(stop.reason(), new IllegalStateException(stop.reason()));
        }
    }

    private LogWriter writing() {
        if (writer == null) {
            throw new IllegalStateException("This server belongs to no ensemble yet, and has something to write");
        }
        return writer;
    }

    private void startWriting() throws IOException {
        writer = store.openWriter(doorbell, this::halt);
        host.drive(store.work());
        reported = writer.durable();
    }

    private void persist(Effect.PersistPromise promise) {
        try {
            if (!store.identity().clusterId().equals(promise.clusterId())) {
                store.adopt(promise.clusterId());
                startWriting();
            }
        } catch (IOException e) {
            halt("the identity can't be written", e);
            return;
        }
        workers.persist(promise);
    }

    private void install(Effect.InstallSnapshot install) {
        exchange.install(install.token());
        lastDelivered = install.meta().zxid();
        deliveredEpochs = install.meta().epochs();
        schedule.restart();
        log.info("Installed the snapshot at {}.", Zxid.toString(lastDelivered));
    }

    private void deliver(Records records) {
        records.forEach(delivery);
        schedule.count(records.count(), records.lengthBytes());
    }

    private void deliver(long zxid, RecordType type, ByteBuffer payload) {
        if (type == RecordType.TXN) {
            machine.deliver(zxid, payload);
            deliveredTxns++;
        }
        deliveredEpochs = deliveredEpochs.following(lastDelivered, zxid);
        lastDelivered = zxid;
    }

    private void roleChanged(Effect.RoleChanged changed) {
        RoleView role = changed.role();
        if (role.active()) {
            log.info("{} in epoch {}, leader {}: {}.", role.kind(), role.epoch(), role.leader(), changed.why());
        } else if (view.role().active()) {
            log.info("Not {} any more: {}.", view.role().kind(), changed.why());
        } else {
            log.debug("{}, leader {}: {}.", role.kind(), role.leader(), changed.why());
        }
        view = core.view();
        roleSinceNanos = clock.nanoTime();
        hello = introduction(hello.incarnation());
        machine.roleChanged(role);
    }

    // ---- snapshots

    private void takeSnapshotIfDue() {
        if (snapshotWanted || schedule.isDue()) {
            takeSnapshotNow();
        }
    }

    /**
     * Captures the state and has it written in the background; does nothing while a snapshot is being written already, and waits if
     * what it would hold is not durable here yet.
     */
    public void takeSnapshotNow() {
        if (snapshots.isBusy() || lastDelivered == Zxid.NONE) {
            return;
        }
        snapshotWanted = Zxid.isAfter(lastDelivered, reported.zxid());
        if (!snapshotWanted) {
            schedule.restart();
            Membership membership = core.view().membership();
            snapshots.take(new SnapshotMeta(lastDelivered, deliveredEpochs, membership), machine.capture());
        }
    }

    // ---- observation and the end

    private void halt(String what, Throwable cause) {
        if (halted.compareAndSet(false, true)) {
            log.error("Stopping so that nothing is acknowledged falsely: {}.", what, cause);
            onHalt.accept(new Halt(what, cause));
            doorbell.run();
        }
    }

    /**
     * Whether there is room for more in this server's log and, if it leads, in those of a quorum. False while disks are full, true again
     * by itself. Any thread.
     */
    public boolean writable() {
        return !halted.get() && store.isWritable() && view.quorumWritable();
    }

    /** Any thread. */
    public RoleView role() {
        return view.role();
    }

    /** Since when, on the clock of {@link Host#clock}. Any thread. */
    public long roleSinceNanos() {
        return roleSinceNanos;
    }

    /** Whom it leads, if it does. Any thread. */
    public LeaderFigures leading() {
        return view.leading();
    }

    /** Where the other servers reach this one, empty if it is alone. Any thread. */
    public Optional<PeerPorts> peerPorts() {
        return peers.ports();
    }

    /** The members that are known to be in force. Any thread. */
    public Membership membership() {
        return view.membership();
    }

    /** Any thread. */
    public int epoch() {
        return Zxid.epoch(lastDelivered);
    }

    /** The newest proposal, or the end of the history. */
    public long lastProposed() {
        return core.lastProposed();
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
        core.flush(clock.nanoTime());
        carryOutEffects();
        if (writer != null) {
            store.giveUpOnFullDisk();
            writer.writeNow();
            tellOfTheDisk();
        }
        release();
    }

    /**
     * Ends all threads and unlocks the directory, as the death of the process would: what is not written yet is lost, and nobody is
     * told anything. Once the core does nothing any more.
     */
    public void abandon() throws IOException {
        if (writer != null) {
            writer.abandon();
        }
        release();
    }

    private void release() throws IOException {
        peers.close();
        workers.close();
        snapshots.close();
        host.close();
        store.close();
    }
}
