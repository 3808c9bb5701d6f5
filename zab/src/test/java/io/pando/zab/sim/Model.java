package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.core.NodeView;
import io.pando.zab.core.RecoveredState;
import io.pando.zab.core.RoleView;
import io.pando.zab.message.Message;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The truth about an ensemble, made of observations alone, and everything that must hold about it: the numbers of the invariants are
 * those of zab.md section 10.
 */
final class Model {
    private final SimCluster cluster;
    // Every record that was ever in a log, with a hash of all before it: I1, I4.
    private final Map<Long, Long> prefixHashes = new HashMap<>();
    // What has been delivered anywhere, likewise: I9, I18.
    private final Map<Long, SimMachine> delivered = new HashMap<>();
    private final Map<Integer, Long> leaderOfEpoch = new HashMap<>();
    private final Map<Long, Promise> promises = new HashMap<>();
    private final Map<Long, NavigableMap<Long, Long>> logs = new HashMap<>();
    private final Map<Long, Asked> barriers = new HashMap<>();
    private final Map<Long, Long> askers = new HashMap<>();
    private final Map<Long, NavigableMap<Long, Long>> deliveredOf = new HashMap<>();
    private final Map<Long, NavigableMap<Long, Long>> passedAt = new HashMap<>();
    private final Map<Long, Long> deliveredPayloads = new HashMap<>();
    private final Coverage coverage;
    private long committed;
    private boolean strangersSpeak;

    Model(SimCluster cluster, Coverage coverage) {
        this.cluster = cluster;
        this.coverage = coverage;
    }

    /**
     * A barrier.
     *
     * @param zxid it must not pass below this
     * @param requests made before it anywhere
     */
    private record Asked(long zxid, long requests) {}

    /** Asked at every step, so what to say is only made up when it has to be said. */
    private static void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new SimFailure(what.get());
        }
    }

    private NavigableMap<Long, Long> logOf(SimNode node) {
        return logs.computeIfAbsent(node.id(), id -> new TreeMap<>(Long::compareUnsigned));
    }

    /** The highest zxid that was delivered anywhere. */
    long committed() {
        return committed;
    }

    /** Payloads are numbers that count up. */
    void requested(SimNode at, long payload) {
        askers.put(payload, at.id());
    }

    // ---- logs

    void appended(SimNode node, Records records) {
        NavigableMap<Long, Long> log = logOf(node);
        long[] last = {records.prevZxid()};
        records.forEach((zxid, type, payload) -> {
            require(
                    Zxid.mayFollow(last[0], zxid),
                    () -> "I2: " + Zxid.toString(zxid) + " after " + Zxid.toString(last[0]));
            long hash = hashOf(log, last[0], zxid, type, payload);
            Long known = prefixHashes.putIfAbsent(zxid, hash);
            require(
                    known == null || known == hash,
                    () -> "I4: server " + node.id() + " has another history up to " + Zxid.toString(zxid));
            log.put(zxid, hash);
            last[0] = zxid;
            if (known == null) {
                createdBy(node, zxid);
            }
        });
    }

    private static long hashOf(
            NavigableMap<Long, Long> log, long prev, long zxid, RecordType type, ByteBuffer payload) {
        Long before = prev == 0 ? Long.valueOf(1) : log.get(prev);
        if (before == null) {
            throw new SimFailure("I2: " + Zxid.toString(zxid) + " follows nothing");
        }
        return SimMachine.hashAfter(before, zxid, type, payload);
    }

    private void createdBy(SimNode node, long zxid) {
        require(
                node.announced().isLeading(),
                () -> "I11: server " + node.id() + " made " + Zxid.toString(zxid) + " but does not lead");
        Long leader = leaderOfEpoch.putIfAbsent(Zxid.epoch(zxid), node.id());
        require(
                leader == null || leader == node.id(),
                () -> "I1: epoch " + Zxid.epoch(zxid) + " is led by " + leader + " and " + node.id());
        if (Zxid.counter(zxid) == 0) {
            coverage.count("epochs begun");
        }
    }

    void truncated(SimNode node, long keepUpTo) {
        coverage.count("truncations");
        for (Map.Entry<Long, Long> lost : logOf(node).tailMap(keepUpTo, false).entrySet()) {
            SimMachine committedThere = delivered.get(lost.getKey());
            require(
                    committedThere == null || committedThere.hash() != lost.getValue(),
                    () -> "I7: server " + node.id() + " cuts off " + Zxid.toString(lost.getKey())
                            + ", which is committed");
        }
        logOf(node).tailMap(keepUpTo, false).clear();
    }

    /** What a server has after a restart is what its disk has. Returns its state. */
    SimMachine restarted(SimNode node, SimDisk.Found found) {
        RecoveredState state = found.state();
        long commit = state.commitZxid();
        require(
                !Zxid.isAfter(commit, committed),
                () -> "I8: server " + node.id() + " recovers " + Zxid.toString(commit)
                        + " as committed, which it is not");
        SimMachine machine = stateAt(node, commit, found.machine());
        requireWritten(node, state, machine);
        NavigableMap<Long, Long> log = logOf(node);
        log.clear();
        for (long zxid : node.disk().zxids()) {
            Long hash = prefixHashes.get(zxid);
            require(
                    hash != null,
                    () -> "I11: the disk of server " + node.id() + " has invented " + Zxid.toString(zxid));
            log.put(zxid, hash);
        }
        if (machine.zxid() != 0) {
            log.put(machine.zxid(), machine.hash());
        }
        return machine;
    }

    /** I4, I15: what a server takes for its log after a restart was written, and is on its disk. */
    private void requireWritten(SimNode node, RecoveredState state, SimMachine machine) {
        long[] hash = {machine.hash()};
        for (Records records : state.uncommitted()) {
            records.forEach((zxid, type, payload) -> {
                hash[0] = SimMachine.hashAfter(hash[0], zxid, type, payload);
                require(
                        Long.valueOf(hash[0]).equals(prefixHashes.get(zxid)),
                        () -> "I4: server " + node.id() + " recovers another history up to " + Zxid.toString(zxid));
            });
        }
        require(
                state.lastZxid() == Zxid.NONE || node.disk().holds(state.lastZxid()),
                () -> "I15: server " + node.id() + " recovers " + Zxid.toString(state.lastZxid())
                        + ", which its disk does not hold");
    }

    /** I18, I19: a state that a server has read is the one that was delivered everywhere. */
    SimMachine stateAt(SimNode node, long zxid, long state) {
        SimMachine known = zxid == Zxid.NONE ? SimMachine.EMPTY : delivered.get(zxid);
        if (known == null || known.state() != state) {
            throw new SimFailure("I19: the state of server " + node.id() + " at " + Zxid.toString(zxid)
                    + (known == null ? " was never committed" : " is another than it was"));
        }
        return known;
    }

    void installed(SimNode node, SnapshotMeta meta, SimMachine machine) {
        coverage.count("snapshots installed");
        NavigableMap<Long, Long> log = logOf(node);
        log.clear();
        log.put(meta.zxid(), machine.hash());
    }

    // ---- promises and acknowledgements

    void promised(SimNode node, Promise promise) {
        Promise before = promises.put(node.id(), promise);
        if (before != null && !node.disk().isBlank()) {
            int order = Integer.compareUnsigned(promise.acceptedEpoch(), before.acceptedEpoch());
            require(order >= 0, () -> "I3: server " + node.id() + " takes back a promise");
            require(
                    order > 0 || promise.acceptedLeader() == before.acceptedLeader(),
                    () -> "I3: server " + node.id() + " promises epoch " + promise.acceptedEpoch() + " twice");
        }
    }

    void wiped(SimNode node) {
        promises.remove(node.id());
        logOf(node).clear();
        coverage.count("wiped servers");
    }

    void sent(SimNode node, Effect.Send send) {
        switch (send.message()) {
            case Message.Ack ack ->
                require(
                        ack.zxid() == 0 || node.disk().holds(ack.zxid()),
                        () -> "I15: server " + node.id() + " acknowledges " + Zxid.toString(ack.zxid())
                                + ", which its disk has not");
            case Message.AckEpoch ack ->
                require(
                        node.disk().promise().acceptedEpoch() == ack.epoch(),
                        () -> "I15: server " + node.id() + " confirms epoch " + ack.epoch() + " that its disk has not");
            case Message.Sync sync -> coverage.count("sync " + sync.mode());
            case Message.Handover handover -> coverage.count("handovers");
            case Message.Reject reject -> coverage.count("reject " + reject.reason());
            default -> {}
        }
    }

    /** Servers that are all sound never take one another for broken. */
    void closed(SimNode node, Effect.CloseLink close) {
        boolean violation = close.why().contains("broke the protocol");
        require(
                !violation || strangersSpeak,
                () -> "Server " + node.id() + " takes server " + close.link().serverId() + " for broken: "
                        + close.why());
        if (violation) {
            coverage.count("violations noticed");
        }
    }

    /** From here on somebody says what no server would say. */
    void strangersSpeak() {
        strangersSpeak = true;
    }

    // ---- deliveries

    void delivered(SimNode node, SimMachine before, SimMachine after, long zxid, ByteBuffer payload) {
        require(Zxid.isAfter(zxid, before.zxid()), () -> "I8: delivered " + Zxid.toString(zxid) + " again");
        SimMachine known = delivered.putIfAbsent(zxid, after);
        require(
                known == null || known.hash() == after.hash(),
                () -> "I9: server " + node.id() + " delivers another history up to " + Zxid.toString(zxid));
        require(
                Long.valueOf(after.hash()).equals(prefixHashes.get(zxid)),
                () -> "I11: " + Zxid.toString(zxid) + " was invented");
        if (known == null) {
            require(Zxid.isAfter(zxid, committed), () -> "I9: committed " + Zxid.toString(zxid) + " late");
            committed = zxid;
            requireQuorum(node, zxid);
            checkPayload(zxid, payload);
            coverage.count("records committed");
        }
    }

    private void checkPayload(long zxid, ByteBuffer payload) {
        Long number = payload.remaining() < Long.BYTES ? null : payload.getLong(payload.position());
        Long asker = number == null ? null : askers.get(number);
        if (number != null && asker != null) {
            Long twice = deliveredPayloads.put(number, zxid);
            require(twice == null, () -> "I11: one proposal was committed twice");
            deliveredOf.computeIfAbsent(asker, id -> new TreeMap<>()).put(number, zxid);
            Map.Entry<Long, Long> barrier = passedAt.getOrDefault(asker, Collections.emptyNavigableMap())
                    .higherEntry(number);
            require(
                    barrier == null || !Zxid.isAfter(zxid, barrier.getValue()),
                    () -> "I21: " + Zxid.toString(zxid) + " was requested at server " + asker
                            + " before a barrier that has passed below it");
        }
    }

    /** I6, I16: whatever is committed is on the disks of a quorum of every membership in force. */
    private void requireQuorum(SimNode node, long zxid) {
        NodeView view = node.view();
        requireQuorum(view.membership(), zxid);
        Membership pending = view.pending();
        if (pending != null && !Zxid.isAfter(pending.version(), zxid)) {
            requireQuorum(pending, zxid);
        }
    }

    private void requireQuorum(Membership membership, long zxid) {
        boolean held = membership.isQuorum(id -> holds(membership, id, zxid));
        require(held, () -> "I6: " + Zxid.toString(zxid) + " is committed, but no quorum of " + membership + " has it");
    }

    private boolean holds(Membership membership, long id, long zxid) {
        Member member = membership.member(id);
        SimNode node = cluster.nodeOrNull(id);
        if (member == null || node == null || !node.disk().answersFor(zxid)) {
            return false;
        }
        return membership.version() == 0 || member.dataId().equals(node.disk().dataId());
    }

    // ---- roles

    void roleChanged(SimNode node, RoleView role) {
        coverage.count("role " + role.kind());
        if (role.isLeading() && role.active()) {
            coverage.count("leaderships established");
            require(
                    Zxid.epoch(node.machine().zxid()) == role.epoch(),
                    () -> "I14: server " + node.id() + " leads before it has delivered what was before");
        }
    }

    void check(SimNode node, NodeView view) {
        require(!Zxid.isAfter(view.deliveredZxid(), view.commitZxid()), () -> "I8: delivered beyond the commit");
        require(!Zxid.isAfter(view.commitZxid(), view.lastZxid()), () -> "I8: committed beyond the history");
        require(
                Integer.compareUnsigned(
                                        Zxid.epoch(view.lastZxid()),
                                        view.promise().acceptedEpoch())
                                <= 0
                        || node.disk().isBlank(),
                () -> "I3: the history of server " + node.id() + " goes beyond its promise");
        require(node.machine().zxid() == view.deliveredZxid(), () -> "The state is not where the core says it is");
        require(
                !node.announced().active()
                        || node.announced().kind() == view.role().kind(),
                () -> "Server " + node.id() + " was said to be " + node.announced() + ", and is " + view.role());
    }

    // ---- barriers

    void barrierAsked(long request) {
        SimNode leader = cluster.leader();
        barriers.put(
                request,
                new Asked(
                        leader == null
                                ? committed
                                : Zxid.max(committed, leader.view().lastZxid()),
                        askers.size()));
    }

    void barrierPassed(SimNode node, long request, long zxid) {
        Asked asked = barriers.remove(request);
        require(
                asked != null && !Zxid.isAfter(asked.zxid(), zxid),
                () -> "I21: a barrier passes at " + Zxid.toString(zxid)
                        + ", asked when more was committed or proposed");
        if (asked != null) {
            requireAllRequestsBefore(node, asked, zxid);
        }
        coverage.count("barriers passed");
    }

    /** I21: whatever was requested at the same server before is not delivered later than that, now or ever. */
    private void requireAllRequestsBefore(SimNode node, Asked asked, long zxid) {
        for (long before : deliveredOf
                .getOrDefault(node.id(), Collections.emptyNavigableMap())
                .headMap(asked.requests(), true)
                .values()) {
            require(
                    !Zxid.isAfter(before, zxid),
                    () -> "I21: a barrier passes at " + Zxid.toString(zxid) + ", asked after " + Zxid.toString(before)
                            + " was requested at server " + node.id());
        }
        passedAt.computeIfAbsent(node.id(), id -> new TreeMap<>())
                .merge(asked.requests() + 1, zxid, (one, other) -> Zxid.isAfter(one, other) ? other : one);
    }
}
