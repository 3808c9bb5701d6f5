package io.pando.zab.sim;

import io.pando.zab.core.CoreConfig;
import io.pando.zab.core.Effect;
import io.pando.zab.core.Effects;
import io.pando.zab.core.Event;
import io.pando.zab.core.NodeView;
import io.pando.zab.core.RoleView;
import io.pando.zab.core.ZabCore;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Hello;
import io.pando.zab.message.ListedMembers;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One server: the production core, and a driver that carries out its effects over simulated parts, one step of the scheduler each. */
final class SimNode {
    private static final long CHORES_NANOS = 50_000_000;
    // A core takes in many events before it proposes, when it is busy.
    private static final int ONE_IN_LATE = 16;
    private static final long LATE_NANOS = 300_000;
    private static final RoleView NOBODY = new RoleView(RoleView.Kind.LOOKING, -1, 0, false);

    private final long id;
    private final SimCluster cluster;
    private final RandomGenerator random;
    private final Effects effects = new Effects();
    private final double clockRate;
    private final long clockOffset;
    private SimDisk disk;
    private @Nullable ZabCore core;
    private SimMachine machine = SimMachine.EMPTY;
    private long life;
    private boolean paused;
    private boolean toldWritable = true;
    private SimDisk.@Nullable Transfer fetching;
    private long fetchingToken;
    private boolean choresDue;
    private boolean turnIsLate;
    private RoleView announced = NOBODY;
    private int membershipsInstalled;
    private long tickScheduledFor = Long.MAX_VALUE;

    private final Deque<Effect.PersistPromise> promiseQueue = new ArrayDeque<>();
    private final Deque<Event> inbox = new ArrayDeque<>();
    private final Deque<ByteBuffer> heldRequests = new ArrayDeque<>();
    private final Map<Long, SimMachine> fetched = new HashMap<>();

    SimNode(long id, SimCluster cluster, RandomGenerator random) {
        this.id = id;
        this.cluster = cluster;
        this.random = random;
        this.disk = newDisk();
        this.clockRate = 0.9 + 0.2 * random.nextDouble();
        this.clockOffset = random.nextLong(1L << 40);
    }

    private SimDisk newDisk() {
        return cluster.profile().storage() == null
                ? new ContractDisk(random)
                : new StoredDisk(id, cluster.profile().storage(), random, cluster.coverage());
    }

    long id() {
        return id;
    }

    boolean isUp() {
        return core != null;
    }

    SimDisk disk() {
        return disk;
    }

    SimMachine machine() {
        return machine;
    }

    Hello hello() {
        return new Hello(
                disk.isBlank() ? Hello.NO_CLUSTER : disk.clusterId(),
                id,
                disk.dataId(),
                cluster.incarnation(id, life),
                FrameLimits.DEFAULT.recordBytes(),
                ListedMembers.NONE);
    }

    /** The role that the state machine was told of, which is that of the effects around it. */
    RoleView announced() {
        return announced;
    }

    /** How many changes of the members it has reported as done. */
    int membershipsInstalled() {
        return membershipsInstalled;
    }

    NodeView view() {
        return Objects.requireNonNull(core).view();
    }

    boolean isLeading() {
        return core != null && view().role().isLeading() && view().role().active();
    }

    boolean isActive() {
        return core != null && !paused && view().role().active();
    }

    private long clock() {
        return clockOffset + (long) (cluster.scheduler().nowNanos() * clockRate);
    }

    // ---- life

    void start() {
        SimDisk.Found found;
        try {
            found = disk.start();
        } catch (IOException e) {
            disk.stop(null);
            cluster.storageFailed(this, e);
            return;
        }
        life++;
        machine = cluster.model().restarted(this, found);
        CoreConfig config = cluster.configOf(id, disk.dataId());
        core = new ZabCore(config, found.state(), new SplittableRandom(random.nextLong()), effects);
        step(new Event.Start());
        cluster.network().started(id);
    }

    /** The process ends here and now; of what its disk is about to write, some may have arrived. */
    void crash() {
        if (core == null) {
            return;
        }
        core = null;
        life++;
        effects.clear();
        disk.stop(promiseQueue.peek());
        promiseQueue.clear();
        heldRequests.clear();
        fetched.clear();
        fetching = null;
        tickScheduledFor = Long.MAX_VALUE;
        paused = false;
        toldWritable = true;
        choresDue = false;
        turnIsLate = false;
        inbox.clear();
        cluster.network().crashed(id);
    }

    private interface DiskStep {
        void run() throws IOException;
    }

    /** Something that the disk does; if it fails, the process ends before it could say anything about it. */
    private void onDisk(DiskStep step) {
        try {
            step.run();
        } catch (IOException e) {
            crash();
            cluster.storageFailed(this, e);
        }
    }

    private void onDiskLater(long delayNanos, DiskStep step) {
        inThisLife(delayNanos, () -> onDisk(step));
    }

    /** Its data directory is lost; only while it is down. */
    void wipe() {
        disk = newDisk();
    }

    /** The process stands still, its clock and links live on. */
    void pause(long nanos) {
        if (core == null || paused) {
            return;
        }
        paused = true;
        inThisLife(nanos, () -> {
            paused = false;
            while (!paused && core != null && !inbox.isEmpty()) {
                step(inbox.remove());
            }
        });
    }

    private void inThisLife(long delayNanos, Runnable action) {
        long now = life;
        cluster.scheduler().in(delayNanos, () -> {
            if (life == now && core != null) {
                action.run();
            }
        });
    }

    // ---- events

    void receive(Event event) {
        if (core == null) {
            return;
        }
        if (paused) {
            inbox.add(event);
        } else {
            step(event);
        }
    }

    private void step(Event event) {
        ZabCore running = core;
        if (running == null) {
            return;
        }
        cluster.trace(id, event);
        if (event instanceof Event.Tick || event instanceof Event.Barrier) {
            // A server that wakes, or asks by itself, has proposed before that what it was to.
            endLateTurn(running);
        }
        if (core == running) {
            running.step(event, clock());
            carryOutEffects(running);
        }
    }

    private void carryOutEffects(ZabCore running) {
        effects.drainTo(this::carryOut);
        if (core == running && !turnIsLate) {
            if (random.nextInt(ONE_IN_LATE) == 0) {
                turnIsLate = true;
                endTurnLater(running);
            } else {
                endTurn(running);
            }
        }
        settle(running);
    }

    private void endTurnLater(ZabCore running) {
        inThisLife(random.nextLong(LATE_NANOS), () -> {
            if (paused) {
                endTurnLater(running);
            } else {
                endLateTurn(running);
            }
        });
    }

    private void endLateTurn(ZabCore running) {
        if (turnIsLate) {
            turnIsLate = false;
            endTurn(running);
        }
    }

    /** Proposes what was requested meanwhile, perhaps by several events. */
    private void endTurn(ZabCore running) {
        do {
            proposeHeld(running);
            if (core == running) {
                running.flush(clock());
            }
            effects.drainTo(this::carryOut);
        } while (core == running && running.mayPropose() && !heldRequests.isEmpty());
        settle(running);
    }

    private void settle(ZabCore running) {
        if (core == running) {
            cluster.model().check(this, running.view());
            disk.committed(machine.zxid());
            writeNextGroup();
            scheduleTick(running);
        }
    }

    private void scheduleTick(ZabCore running) {
        long deadline = running.nextDeadlineNanos();
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        long inNanos = Math.max(1, (long) ((deadline - clock()) / clockRate) + 1);
        long when = cluster.scheduler().nowNanos() + inNanos;
        if (when < tickScheduledFor) {
            tickScheduledFor = when;
            inThisLife(inNanos, () -> {
                if (tickScheduledFor == when) {
                    tickScheduledFor = Long.MAX_VALUE;
                    receive(new Event.Tick());
                }
            });
        }
    }

    // ---- effects

    private void carryOut(Effect effect) {
        if (core == null) {
            return;
        }
        cluster.trace(id, effect);
        if (core == null) {
            return;
        }
        switch (effect) {
            case Effect.Send send -> {
                cluster.model().sent(this, send);
                cluster.network().send(id, send.link(), send.message());
            }
            case Effect.CloseLink close -> {
                cluster.model().closed(this, close);
                cluster.network().close(id, close.link());
            }
            case Effect.Append append -> {
                cluster.model().appended(this, append.records());
                disk.take(append);
            }
            case Effect.Truncate truncate -> {
                cluster.model().truncated(this, truncate.keepUpTo());
                disk.take(truncate);
            }
            case Effect.ResetLog reset -> disk.take(reset);
            case Effect.PersistPromise promise -> persist(promise);
            case Effect.ReadLog read ->
                inThisLife(diskTime(), () -> {
                    Records records = disk.read(read.afterZxid(), read.maxBytes());
                    receive(new Event.LogRead(read.request(), records));
                });
            case Effect.FetchSnapshot fetch -> onDiskLater(3 * diskTime(), () -> fetch(fetch));
            case Effect.InstallSnapshot install -> {
                machine = Objects.requireNonNull(fetched.remove(install.token()));
                cluster.model().installed(this, install.meta(), machine);
            }
            case Effect.TakeSnapshot take -> takeSnapshot();
            case Effect.Deliver deliver -> deliver(deliver.records());
            case Effect.RoleChanged changed -> {
                announced = changed.role();
                if (!announced.isLeading()) {
                    heldRequests.clear();
                }
                cluster.model().roleChanged(this, announced);
            }
            case Effect.MembershipChanged changed -> {}
            case Effect.MembersHeardOf heard -> {}
            case Effect.BarrierPassed passed -> cluster.model().barrierPassed(this, passed.request(), passed.zxid());
            case Effect.BarrierFailed failed -> {}
            case Effect.MembershipInstalled installed -> {
                membershipsInstalled++;
                cluster.coverage().count("memberships installed");
            }
            case Effect.MembershipRefused refused -> cluster.coverage().count("memberships refused");
            case Effect.Requested requested -> heldRequests.add(requested.payload());
            case Effect.Answered answered -> {}
            case Effect.Halt halt -> throw new SimFailure("Server " + id + " halts: " + halt.reason());
        }
    }

    private void proposeHeld(ZabCore running) {
        if (core != running || !running.view().role().isLeading()) {
            heldRequests.clear();
            return;
        }
        while (running.mayPropose() && !heldRequests.isEmpty()) {
            ByteBuffer payload = heldRequests.remove();
            if (!disk.isWritable() || !running.isQuorumWritable()) {
                cluster.coverage().count("writes refused");
                continue;
            }
            long expected = running.lastProposed() + 1;
            long zxid = running.propose(payload);
            if (zxid != expected) {
                throw new SimFailure("Proposed at " + Zxid.toString(zxid) + ", not " + Zxid.toString(expected));
            }
        }
    }

    private long diskTime() {
        long mean = cluster.profile().meanSyncNanos();
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    private void writeNextGroup() {
        if (disk.beginGroup()) {
            onDiskLater(diskTime(), this::writeGroup);
        }
    }

    private void writeGroup() throws IOException {
        if (disk.writeGroup()) {
            long durable = disk.reportedZxid();
            int generation = disk.generation();
            writeNextGroup();
            doChoresSoon();
            receive(new Event.LogDurable(generation, durable));
        } else {
            doChoresSoon();
            onDiskLater(CHORES_NANOS, this::writeGroup);
        }
    }

    /** What storage does besides, when it has time. */
    private void doChoresSoon() {
        if (!choresDue && cluster.profile().storage() != null) {
            choresDue = true;
            onDiskLater(CHORES_NANOS, () -> {
                choresDue = false;
                boolean again = disk.doChores();
                if (disk.isWritable() != toldWritable) {
                    toldWritable = !toldWritable;
                    receive(new Event.Writable(toldWritable));
                }
                if (again) {
                    doChoresSoon();
                }
            });
        }
    }

    private void persist(Effect.PersistPromise promise) {
        onDisk(() -> {
            disk.join(promise.clusterId());
            promiseQueue.add(promise);
            if (promiseQueue.size() == 1) {
                writePromise();
            }
        });
    }

    private void writePromise() {
        onDiskLater(diskTime(), () -> {
            Effect.PersistPromise written = promiseQueue.element();
            disk.persist(written);
            promiseQueue.remove();
            cluster.model().promised(this, written.promise());
            if (!promiseQueue.isEmpty()) {
                writePromise();
            }
            receive(new Event.PromiseDurable(written.sequence()));
        });
    }

    private void deliver(Records records) {
        records.forEach((zxid, type, payload) -> {
            SimMachine next = machine.delivered(zxid, type, payload);
            cluster.model().delivered(this, machine, next, zxid, payload);
            machine = next;
        });
    }

    // ---- snapshots

    /** Writes the state down, if the disk has all that is in it; purges now and then. */
    void takeSnapshot() {
        if (core == null || machine.zxid() == 0) {
            return;
        }
        SimMachine captured = machine;
        SnapshotMeta meta = new SnapshotMeta(captured.zxid(), captured.epochs(), view().membership());
        onDiskLater(diskTime(), () -> storeSnapshot(captured, meta));
    }

    private void storeSnapshot(SimMachine captured, SnapshotMeta meta) throws IOException {
        if (Zxid.isAfter(captured.zxid(), disk.reportedZxid())) {
            onDiskLater(diskTime() + 1, () -> storeSnapshot(captured, meta));
            return;
        }
        if (disk.store(meta, captured.state())) {
            disk.purge();
            receive(new Event.SnapshotTaken(meta));
        }
    }

    /** One that is still on its way is of no more use. */
    private void fetch(Effect.FetchSnapshot fetch) throws IOException {
        SimDisk.Transfer before = fetching;
        fetching = null;
        if (before != null) {
            before.abandon();
        }
        SimNode source = cluster.node(fetch.fromServer());
        SimDisk.Transfer transfer = source.isUp() ? disk.fetchFrom(source.disk, fetch.atLeastZxid()) : null;
        if (transfer == null || random.nextInt(10) == 0) {
            if (transfer != null) {
                transfer.abandon();
            }
            receive(new Event.SnapshotFetchFailed(fetch.token(), "not there"));
            return;
        }
        fetching = transfer;
        fetchingToken = fetch.token();
        long sourceLife = source.life;
        onDiskLater(5 * diskTime(), () -> fetchNext(fetch, transfer, source, sourceLife));
    }

    private void fetchNext(Effect.FetchSnapshot fetch, SimDisk.Transfer transfer, SimNode source, long sourceLife)
            throws IOException {
        if (fetching == null || fetchingToken != fetch.token()) {
            receive(new Event.SnapshotFetchFailed(fetch.token(), "another one is wanted"));
            return;
        }
        if (cluster.profile().storage() != null && (!source.isUp() || source.life != sourceLife)) {
            fetching = null;
            transfer.abandon();
            cluster.coverage().count("snapshots broken off");
            receive(new Event.SnapshotFetchFailed(fetch.token(), "the other server is gone"));
            return;
        }
        if (!transfer.step()) {
            onDiskLater(diskTime(), () -> fetchNext(fetch, transfer, source, sourceLife));
            return;
        }
        fetching = null;
        SimDisk.StoredSnapshot arrived = transfer.arrived();
        if (arrived == null) {
            receive(new Event.SnapshotFetchFailed(fetch.token(), "it is damaged"));
            return;
        }
        fetched.put(fetch.token(), cluster.model().stateAt(this, arrived.meta().zxid(), arrived.state()));
        receive(new Event.SnapshotFetched(fetch.token(), arrived.meta()));
    }

    // ---- what clients and operators do

    void request(ByteBuffer payload) {
        receive(new Event.Forward(payload));
        ZabCore running = core;
        if (running != null && !paused) {
            endLateTurn(running); // what its own clients ask for is proposed at once
        }
    }

    void barrier(long request) {
        receive(new Event.Barrier(request));
    }
}
