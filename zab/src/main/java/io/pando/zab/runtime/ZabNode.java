package io.pando.zab.runtime;

import io.pando.zab.core.Effect;
import io.pando.zab.core.Effects;
import io.pando.zab.core.Event;
import io.pando.zab.core.LeaderFigures;
import io.pando.zab.core.NodeView;
import io.pando.zab.core.RoleView;
import io.pando.zab.core.ZabCore;
import io.pando.zab.log.FileSystem;
import io.pando.zab.log.LogFigures;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.RecoveredHistory;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
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
 * <p>What is owned here is the order of things in a turn. {@link Storage} has the log, {@link Delivery} the way into the state machine,
 * {@link OwnSnapshots} the snapshots, {@link Peers} the links, and {@link Standing} what anybody may see of all that.
 *
 * <p>All methods are for the core thread, unless they say otherwise. That thread must not be interrupted: it may be writing.
 */
public final class ZabNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ZabNode.class);

    private final ZabConfig config;
    private final Host host;
    private final Clock clock;
    private final LogStore store;
    private final StateMachine machine;
    private final HaltSwitch halts;
    private final Effects effects = new Effects();
    private final ZabCore core;
    private final Inbox inbox;
    private final Alarm alarm;
    private final Workers workers;
    private final Storage storage;
    private final Delivery delivery;
    private final OwnSnapshots snapshots;
    private final SnapshotExchange exchange;
    private final Standing standing;
    private final Introduction introduction;
    private final Peers peers;
    private final Consumer<Effect> carryOut = this::carryOut;

    /** One that has not begun: {@link NodeStart}. */
    ZabNode(
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
        this.store = store;
        this.machine = machine;
        this.halts = new HaltSwitch(store, onHalt, doorbell);
        this.inbox = new Inbox(host.mostMessages(), doorbell);
        this.alarm = new Alarm(host.timer(), doorbell);
        this.workers = new Workers(host, store, inbox, halts);
        this.exchange = new SnapshotExchange(store.snapshots(), machine, inbox);
        this.storage = new Storage(host, store, doorbell, halts);
        this.delivery = new Delivery(machine, history);
        SnapshotTaker taker = new SnapshotTaker(host, store, inbox, halts);
        SnapshotSchedule schedule = new SnapshotSchedule(
                config.snapshotEveryTxns(),
                config.snapshotGrowthPercent(),
                config.snapshotEveryBytes(),
                store.snapshots()::newestLengthBytes,
                random);
        schedule.count(history.replayedTxns(), history.replayedBytes());
        this.snapshots = new OwnSnapshots(machine, delivery, storage, schedule, taker);
        this.core = new ZabCore(config.core(store.identity().dataId()), storage.remembered(history), random, effects);
        this.standing = new Standing(config.ensemble(), clock, core.view());
        this.introduction = new Introduction(config.ensemble(), store, random.nextLong(), core.view());
        this.peers = Peers.open(host, config.ensemble(), introduction, inbox, exchange);
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
        return new NodeStart(config, host, machine, random, doorbell, onHalt).from(files);
    }

    /** The core's first step. */
    void begin() {
        step(new Event.Start());
        turn();
    }

    boolean isHalted() {
        return halts.isThrown();
    }

    // ---- what the server wants

    /** Whether this server leads and a proposal gets a zxid now. It doesn't for a moment while a new epoch begins. */
    public boolean mayPropose() {
        return !halts.isThrown() && core.mayPropose();
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
        halts.disown(reason, report);
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
        delivery.beginCount();
        core.flush(clock.nanoTime());
        carryOutEffects();
        for (Event event = inbox.take(); event != null; event = inbox.take()) {
            step(event);
        }
        tellOfTheDisk();
        tick();
        peers.flush();
        long now = clock.nanoTime();
        if (snapshots.isDue(now)) {
            takeSnapshotNow();
        }
        alarm.setFor(core.nextDeadlineNanos(), now);
        standing.update(core.view(), now);
        return delivery.count();
    }

    /**
     * Hands to the log what there is to write. A short piece is waited for: so first let everybody have what waits for other disks than
     * this one's.
     *
     * @return whether it is durable already, so that there is more to {@link #advance}; otherwise the doorbell rings
     */
    public boolean write() {
        return storage.submit(mayWaitForTheDisk());
    }

    /** A leader of others has to let them hear of it all the time, whatever its own disk does: it is not even needed for a quorum. */
    private boolean mayWaitForTheDisk() {
        return config.ensemble().isAlone() || !standing.role().isLeading();
    }

    private void step(Event event) {
        core.step(event, clock.nanoTime());
        carryOutEffects();
    }

    private void carryOutEffects() {
        effects.drainTo(carryOut);
    }

    private void tellOfTheDisk() {
        Event durable = storage.newlyDurable();
        if (durable != null) {
            step(durable);
        }
        storage.committed(delivery.lastZxid());
    }

    private void tick() {
        Event writable = storage.newlyWritable();
        if (writable != null) {
            step(writable);
        }
        if (clock.nanoTime() >= core.nextDeadlineNanos()) {
            step(new Event.Tick());
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send send -> peers.send(send.link(), send.message());
            case Effect.CloseLink close -> peers.close(close.link(), close.why());
            case Effect.Append append -> storage.append(append);
            case Effect.Truncate truncate -> storage.truncate(truncate);
            case Effect.ResetLog reset -> storage.reset(reset);
            case Effect.PersistPromise promise -> persist(promise);
            case Effect.ReadLog read -> workers.read(read);
            case Effect.FetchSnapshot fetch -> peers.fetch(fetch, core.view().membership());
            case Effect.InstallSnapshot install -> install(install);
            case Effect.TakeSnapshot take -> snapshots.want();
            case Effect.Deliver deliver -> deliver(deliver.records());
            case Effect.RoleChanged changed -> roleChanged(changed);
            case Effect.MembershipChanged changed ->
                peers.connectTo(changed.pending() == null ? changed.committed() : changed.pending());
            case Effect.MembersHeardOf heard -> peers.connectTo(heard.membership());
            case Effect.BarrierPassed passed ->
                machine.barrierPassed(passed.request(), passed.zxid(), passed.ordinal());
            case Effect.BarrierFailed failed -> machine.barrierFailed(failed.request());
            case Effect.MembershipInstalled installed ->
                log.info("The members of version {} are in force.", Zxid.toString(installed.version()));
            case Effect.MembershipRefused refused -> log.warn("The members stay as they are: {}.", refused.why());
            case Effect.Requested requested -> machine.requested(requested.from(), requested.payload());
            case Effect.Answered answered -> machine.answered(answered.payload());
            case Effect.Halt stop -> halts.halt(stop.reason(), new IllegalStateException(stop.reason()));
        }
    }

    private void persist(Effect.PersistPromise promise) {
        try {
            storage.belongTo(promise.clusterId());
        } catch (IOException e) {
            halts.halt("the identity can't be written", e);
            return;
        }
        workers.persist(promise);
    }

    private void deliver(Records records) {
        delivery.deliver(records);
        snapshots.count(records);
    }

    private void install(Effect.InstallSnapshot install) {
        exchange.install(install.token());
        delivery.goOnAfter(install.meta());
        snapshots.installed();
        log.info("Installed the snapshot at {}.", Zxid.toString(install.meta().zxid()));
    }

    private void roleChanged(Effect.RoleChanged changed) {
        NodeView now = core.view();
        standing.roleChanged(changed.role(), changed.why(), now);
        introduction.renew(now);
        machine.roleChanged(changed.role());
    }

    /**
     * Captures the state and has it written in the background; does nothing while a snapshot is being written already, and waits if
     * what it would hold is not durable here yet.
     */
    public void takeSnapshotNow() {
        snapshots.take(core.view().membership());
    }

    /**
     * This server is about to stop: if its next start would have much log to replay, a snapshot is taken, while everything goes on.
     *
     * @param then run, on any thread, when that is done, or nothing is to be done
     */
    public void wrapUp(Runnable then) {
        snapshots.wrapUp(then);
    }

    // ---- observation and the end

    /**
     * Whether there is room for more in this server's log and, if it leads, in those of a quorum. False while disks are full, true again
     * by itself. Any thread.
     */
    public boolean writable() {
        return !halts.isThrown() && store.isWritable() && standing.view().quorumWritable();
    }

    /** Any thread. */
    public RoleView role() {
        return standing.role();
    }

    /** Since when, on the clock of {@link Host#clock}. Any thread. */
    public long roleSinceNanos() {
        return standing.roleSinceNanos();
    }

    /** Whom it leads, if it does. Any thread. */
    public LeaderFigures leading() {
        return standing.view().leading();
    }

    /** Where the other servers reach this one, empty if it is alone. Any thread. */
    public Optional<PeerPorts> peerPorts() {
        return peers.ports();
    }

    /** The members that are known to be in force. Any thread. */
    public Membership membership() {
        return standing.view().membership();
    }

    /** Any thread. */
    public int epoch() {
        return Zxid.epoch(delivery.lastZxid());
    }

    /** The newest proposal, or the end of the history. */
    public long lastProposed() {
        return core.lastProposed();
    }

    /** Any thread. */
    public long lastDelivered() {
        return delivery.lastZxid();
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
        storage.finish();
        tellOfTheDisk();
        release();
    }

    /**
     * Ends all threads and unlocks the directory, as the death of the process would: what is not written yet is lost, and nobody is
     * told anything. Once the core does nothing any more.
     */
    public void abandon() throws IOException {
        storage.abandon();
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
