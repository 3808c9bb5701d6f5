package io.pando.zab.sim;

import io.pando.zab.core.CoreConfig;
import io.pando.zab.model.Member;
import io.pando.zab.model.Member.Role;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An ensemble in one thread, made from one seed. */
final class SimCluster {
    private static final int TRACE_LINES = 400;
    private static final long SECOND = 1_000_000_000L;

    private final Reduction reduction;
    private final Profile profile;
    private final Scheduler scheduler;
    private final SimNetwork network;
    private final Coverage coverage = new Coverage();
    private final Model model = new Model(this, coverage);
    private final TreeMap<Long, SimNode> nodes = new TreeMap<>();
    private final Membership initial;
    private final Deque<TraceLine> trace = new ArrayDeque<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Set<Long> retired = new TreeSet<>();
    private final SplittableRandom choices;
    private boolean mended;
    private long traceHash = 1;
    private int faults;
    private int writes;
    private long nextPayload = 1;
    private long nextBarrier = 1;

    SimCluster(long seed, Reduction reduction) {
        this(seed, reduction, Profile.drawnFrom(new SplittableRandom(seed)).with(reduction.simplified()));
    }

    SimCluster(long seed, Profile profile) {
        this(seed, Reduction.NONE, profile);
    }

    private SimCluster(long seed, Reduction reduction, Profile profile) {
        SplittableRandom root = new SplittableRandom(seed ^ 0x5DEECE66DL);
        this.reduction = reduction;
        this.profile = profile;
        this.scheduler = new Scheduler(reduction.order(root.split()));
        this.network = new SimNetwork(this, scheduler, root.split(), profile);
        this.choices = root.split();
        this.initial = membership(profile);
        for (Member member : initial.members()) {
            nodes.put(member.id(), new SimNode(member.id(), this, root.split()));
        }
    }

    private static Membership membership(Profile profile) {
        List<Member> members = new ArrayList<>();
        for (int id = 1; id <= profile.participants() + profile.observers(); id++) {
            Role role = id <= profile.participants() ? Role.PARTICIPANT : Role.OBSERVER;
            int weight = profile.weighted() && id == 1 ? 2 : 1;
            members.add(new Member(id, "server" + id, 2888, 3888, role, weight, 0, "", Member.ANY_DATA));
        }
        return new Membership(0, members);
    }

    CoreConfig configOf(long id, UUID dataId) {
        return new CoreConfig(
                id,
                dataId,
                initial,
                profile.genesisByQuorum(),
                profile.limits(),
                CoreConfig.Timing.LAN,
                profile.lastCounter());
    }

    long incarnation(long id, long life) {
        return id << 32 | life;
    }

    /** The members that this ensemble began with. */
    Membership initial() {
        return initial;
    }

    Profile profile() {
        return profile;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SimNetwork network() {
        return network;
    }

    Model model() {
        return model;
    }

    Coverage coverage() {
        return coverage;
    }

    SplittableRandom choices() {
        return choices;
    }

    Collection<SimNode> nodes() {
        return nodes.values();
    }

    SimNode node(long id) {
        SimNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("There is no server " + id);
        }
        return node;
    }

    @Nullable
    SimNode nodeOrNull(long id) {
        return nodes.get(id);
    }

    SimNode anyNode() {
        return List.copyOf(nodes.values()).get(choices.nextInt(nodes.size()));
    }

    @Nullable
    SimNode leader() {
        SimNode best = null;
        for (SimNode node : nodes.values()) {
            if (node.isLeading()
                    && (best == null
                            || node.view().role().epoch() > best.view().role().epoch())) {
                best = node;
            }
        }
        return best;
    }

    // ---- what happens

    void trace(long id, Object what) {
        TraceLine line = new TraceLine(scheduler.nowNanos(), id, what);
        traceHash = traceHash * 31 + line.digest();
        trace.add(line);
        if (trace.size() > TRACE_LINES) {
            trace.remove();
        }
        if (!watchers.isEmpty()) {
            List.copyOf(watchers).stream()
                    .filter(watcher -> watcher.hasSeenEnough(id, what))
                    .forEach(watchers::remove);
        }
    }

    /** Sees every event before a server takes it, and every effect before it is carried out: a script strikes in between. */
    @FunctionalInterface
    interface Watcher {
        boolean hasSeenEnough(long id, Object eventOrEffect);
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** Put into words only if somebody wants to read it: there are thousands in every run. */
    record TraceLine(long atNanos, long id, Object what) {
        long digest() {
            return (atNanos * 31 + id) * 31 + TraceDigest.of(what);
        }

        @Override
        public String toString() {
            return "%12d us  %d  %s".formatted(atNanos / 1000, id, what);
        }
    }

    long traceHash() {
        return traceHash;
    }

    Collection<TraceLine> lastTraceLines() {
        return trace;
    }

    void startAll() {
        nodes.values()
                .forEach(node -> scheduler.in(choices.nextLong(SECOND / 2), () -> {
                    if (!node.isUp()) {
                        node.start();
                    }
                }));
    }

    void run(long nanos) {
        scheduler.runUntil(scheduler.nowNanos() + nanos);
    }

    void write(SimNode at) {
        long payload = nextPayload++;
        model.requested(at, payload);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + choices.nextInt(profile.payloadBytes()));
        at.request(bytes.putLong(0, payload));
    }

    /** Whether the next fault that is drawn does strike. */
    boolean nextFaultStrikes() {
        return reduction.faults().has(++faults);
    }

    /** Whether the next write that is drawn is requested. */
    boolean nextWriteIsRequested() {
        return reduction.writes().has(++writes);
    }

    void barrier(SimNode at) {
        long request = nextBarrier++;
        model.barrierAsked(request);
        at.barrier(request);
    }

    /** A disk has let its server down, which has stopped and starts again some time later. */
    void storageFailed(SimNode node, IOException cause) {
        if (mended) {
            throw new SimFailure("The storage of server " + node.id() + " fails without a fault: " + cause, cause);
        }
        coverage.count("halts by a storage fault");
        scheduler.in(choices.nextLong(SECOND / 2), () -> {
            if (!node.isUp()) {
                node.start();
            }
        });
    }

    // ---- the end: faults stop, and everything must come right again (I10, I24)

    void heal() {
        watchers.clear();
        network.becomeReliable();
        mended = true;
        nodes.values().forEach(node -> node.disk().mend());
        for (SimNode node : needed()) {
            if (!node.isUp()) {
                node.start();
            }
        }
    }

    /** A server that is switched off for good, and that nobody needs any more. */
    void retire(long id) {
        node(id).crash();
        retired.add(id);
    }

    private List<SimNode> needed() {
        return nodes.values().stream()
                .filter(node -> !retired.contains(node.id()))
                .toList();
    }

    /** A server that clients can be attached to. */
    private SimNode anyNeeded() {
        List<SimNode> needed = needed();
        return needed.get(choices.nextInt(needed.size()));
    }

    /** Clients go on until there is a leader again and everybody follows; then they fall silent, and all must become equal. */
    void requireRecovery(Runnable silenceClients) {
        awaitOrFail(10 * SECOND, "I24: no leader within ten seconds after healing", () -> leader() != null);
        awaitOrFail(30 * SECOND, "I24: not everybody is up to date within thirty seconds", this::followOneLeader);
        silenceClients.run();
        long before = model.committed();
        awaitOrFail(5 * SECOND, "I24: no write commits", () -> {
            write(anyNeeded());
            return Zxid.isAfter(model.committed(), before);
        });
        awaitOrFail(
                10 * SECOND,
                "I10: what one has delivered, others have not",
                () -> needed().stream().allMatch(node -> node.machine().zxid() == model.committed()));
    }

    boolean followOneLeader() {
        SimNode leader = leader();
        return leader != null
                && needed().stream()
                        .allMatch(node -> node.isActive()
                                && node.announced().epoch()
                                        == leader.view().role().epoch());
    }

    /** Something that is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    void awaitOrFail(long nanos, String what, Condition condition) {
        long end = scheduler.nowNanos() + nanos;
        while (!condition.holds()) {
            if (scheduler.nowNanos() >= end) {
                StringBuilder standing = new StringBuilder(what);
                nodes.values()
                        .forEach(node -> standing.append("\n  server ")
                                .append(node.id())
                                .append(node.isUp() ? ": " + node.view() : ": down"));
                throw new SimFailure(standing.toString());
            }
            run(SECOND / 50);
        }
    }
}
