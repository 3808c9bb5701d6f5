package io.pando.zab.sim;

import io.pando.zab.core.CoreConfig;
import io.pando.zab.core.Effect;
import io.pando.zab.core.Effects;
import io.pando.zab.core.Event;
import io.pando.zab.core.NodeView;
import io.pando.zab.core.RoleView;
import io.pando.zab.core.ZabCore;
import io.pando.zab.message.Hello;
import io.pando.zab.message.ListedMembers;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
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
    private RoleView announced = NOBODY;
    private int membershipsInstalled;
    private long tickScheduledFor = Long.MAX_VALUE;

    // The log's work: in order, a group at a time.
    private final Deque<Effect> logQueue = new ArrayDeque<>();
    private int logGroup;
    private final Deque<Effect.PersistPromise> promiseQueue = new ArrayDeque<>();
    private final Deque<Event> inbox = new ArrayDeque<>();
    private final Deque<ByteBuffer> heldRequests = new ArrayDeque<>();
    private final Map<Long, SimDisk.StoredSnapshot> fetched = new HashMap<>();

    SimNode(long id, SimCluster cluster, RandomGenerator random) {
        this.id = id;
        this.cluster = cluster;
        this.random = random;
        this.disk = new SimDisk(random);
        this.clockRate = 0.9 + 0.2 * random.nextDouble();
        this.clockOffset = random.nextLong(1L << 40);
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
                disk.dataId,
                cluster.incarnation(id, life),
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
        life++;
        SimDisk.Found found = disk.recover();
        machine = found.machine();
        cluster.model().restarted(this, found.state().commitZxid(), machine);
        CoreConfig config = cluster.configOf(id, disk.dataId);
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
        if (logGroup > 0) {
            for (int left = random.nextInt(logGroup + 1); left > 0; left--) {
                disk.carryOut(logQueue.remove());
            }
        }
        if (!promiseQueue.isEmpty() && random.nextBoolean()) {
            disk.persist(promiseQueue.remove());
        }
        logQueue.clear();
        logGroup = 0;
        promiseQueue.clear();
        heldRequests.clear();
        fetched.clear();
        tickScheduledFor = Long.MAX_VALUE;
        paused = false;
        inbox.clear();
        cluster.network().crashed(id);
    }

    /** Its data directory is lost; only while it is down. */
    void wipe() {
        disk = new SimDisk(random);
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
        if (core == running) {
            running.step(event, clock());
            carryOutEffects(running);
        }
    }

    private void carryOutEffects(ZabCore running) {
        do {
            effects.drainTo(this::carryOut);
            proposeHeld(running);
            if (core == running) {
                running.flush(clock());
            }
        } while (core == running && !effects.isEmpty());
        if (core == running) {
            cluster.model().check(this, running.view());
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
                log(append);
            }
            case Effect.Truncate truncate -> {
                cluster.model().truncated(this, truncate.keepUpTo());
                log(truncate);
            }
            case Effect.ResetLog reset -> log(reset);
            case Effect.PersistPromise promise -> persist(promise);
            case Effect.ReadLog read ->
                inThisLife(diskTime(), () -> {
                    Records records = disk.read(read.afterZxid(), read.maxBytes());
                    receive(new Event.LogRead(read.request(), records));
                });
            case Effect.FetchSnapshot fetch -> inThisLife(3 * diskTime(), () -> fetch(fetch));
            case Effect.InstallSnapshot install -> {
                machine =
                        Objects.requireNonNull(fetched.remove(install.token())).state();
                cluster.model().installed(this, install.meta(), machine);
            }
            case Effect.TakeSnapshot take -> takeSnapshot();
            case Effect.Deliver deliver -> deliver(deliver.records());
            case Effect.RoleChanged changed -> {
                announced = changed.role();
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

    private void log(Effect effect) {
        logQueue.add(effect);
        if (logGroup == 0) {
            writeGroup();
        }
    }

    /** Everything queued so far is one write and one sync. */
    private void writeGroup() {
        logGroup = logQueue.size();
        inThisLife(diskTime(), () -> {
            int generation = 0;
            while (logGroup > 0) {
                Effect written = logQueue.remove();
                logGroup--;
                disk.carryOut(written);
                generation = generationOf(written);
            }
            if (!logQueue.isEmpty()) {
                writeGroup();
            }
            receive(new Event.LogDurable(generation, disk.lastZxid()));
        });
    }

    private static int generationOf(Effect logEffect) {
        return switch (logEffect) {
            case Effect.Append append -> append.generation();
            case Effect.Truncate truncate -> truncate.generation();
            case Effect.ResetLog reset -> reset.generation();
            default -> throw new IllegalArgumentException("Not for the log: " + logEffect);
        };
    }

    private void persist(Effect.PersistPromise promise) {
        promiseQueue.add(promise);
        if (promiseQueue.size() == 1) {
            writePromise();
        }
    }

    private void writePromise() {
        inThisLife(diskTime(), () -> {
            Effect.PersistPromise written = promiseQueue.remove();
            disk.persist(written);
            cluster.model().promised(this, written.promise());
            if (!promiseQueue.isEmpty()) {
                writePromise();
            }
            receive(new Event.PromiseDurable(written.sequence()));
        });
    }

    private void deliver(Records records) {
        records.forEach((zxid, type, payload) -> {
            SimMachine next = machine.delivered(zxid, type.code(), payload);
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
        inThisLife(diskTime(), () -> storeSnapshot(captured, meta));
    }

    private void storeSnapshot(SimMachine captured, SnapshotMeta meta) {
        if (Zxid.isAfter(captured.zxid(), disk.lastZxid())) {
            inThisLife(diskTime() + 1, () -> storeSnapshot(captured, meta));
            return;
        }
        disk.store(meta, captured);
        if (random.nextBoolean()) {
            disk.purge(1 + random.nextInt(2));
        }
        receive(new Event.SnapshotTaken(meta));
    }

    private void fetch(Effect.FetchSnapshot fetch) {
        SimNode source = cluster.node(fetch.fromServer());
        SimDisk.StoredSnapshot newest = source.isUp() ? source.disk.newestSnapshot() : null;
        if (newest == null || Zxid.isAfter(fetch.atLeastZxid(), newest.meta().zxid()) || random.nextInt(10) == 0) {
            receive(new Event.SnapshotFetchFailed(fetch.token(), "not there"));
            return;
        }
        inThisLife(5 * diskTime(), () -> {
            disk.store(newest.meta(), newest.state());
            fetched.put(fetch.token(), newest);
            receive(new Event.SnapshotFetched(fetch.token(), newest.meta()));
        });
    }

    // ---- what clients and operators do

    void request(ByteBuffer payload) {
        receive(new Event.Forward(payload));
    }

    void barrier(long request) {
        receive(new Event.Barrier(request));
    }
}
