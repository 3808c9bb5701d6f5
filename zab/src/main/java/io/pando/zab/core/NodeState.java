package io.pando.zab.core;

import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Promise.FloorReason;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Vote;
import io.pando.zab.model.Zxid;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a server is whatever its role: its history and how much of it is committed, its promise, the members, and who is linked.
 * Roles come and go; they all work on this.
 */
final class NodeState {
    final CoreConfig config;
    final RandomGenerator random;
    final Effects effects;
    final History history;
    final Voters voters;

    private final TreeMap<Long, Peer> peers = new TreeMap<>();
    private Promise promise;
    private Promise promiseOnDisk;
    private UUID clusterId;
    private long promiseSequence;
    private long commitZxid;
    private long deliveredZxid;
    private @Nullable SnapshotMeta snapshot;
    private boolean writable = true;
    private boolean halted;

    /** What time it is; {@link #timeIs} says so. */
    long nowNanos;
    /**
     * The time that this server was awake for. A tick is due with every heartbeat; of a step that comes later than that, only so much
     * counts. By this clock the others are silent: whoever stood still could not have heard them.
     */
    long awakeNanos;

    private long tickedAt;
    long round;
    // Counts requests to the disk whose answers must be told apart.
    long nextToken = 1;

    /** The other end of an open link. */
    record Peer(Link link, Hello hello) {}

    NodeState(CoreConfig config, RecoveredState disk, RandomGenerator random, Effects effects) {
        this.config = config;
        this.random = random;
        this.effects = effects;
        this.history = new History(disk, config.limits().tail());
        Membership known = disk.membership();
        this.voters = new Voters(known == null ? config.initial() : known, config.serverId(), config.dataId());
        disk.uncommitted().forEach(voters::appended);
        this.promise = disk.promise();
        this.promiseOnDisk = disk.promise();
        this.clusterId = disk.clusterId();
        this.commitZxid = disk.commitZxid();
        this.deliveredZxid = disk.commitZxid();
        this.snapshot = disk.snapshot();
    }

    long self() {
        return config.serverId();
    }

    // ---- time

    void timeIs(long now) {
        awakeNanos += Math.min(now - nowNanos, config.timing().heartbeat());
        nowNanos = now;
    }

    /** An {@link Event.Tick}, or the start. */
    void ticked() {
        tickedAt = nowNanos;
    }

    /** When the next tick is due where the silence of others counts. */
    long nextTickNanos() {
        return tickedAt + config.timing().heartbeat();
    }

    // ---- links

    void linkUp(Link link, Hello hello) {
        peers.put(link.serverId(), new Peer(link, hello));
        voters.seen(link.serverId(), hello.dataId());
    }

    void linkDown(Link link) {
        peers.remove(link.serverId());
    }

    boolean isCurrent(Link link) {
        Peer peer = peers.get(link.serverId());
        return peer != null && peer.link().equals(link);
    }

    @Nullable
    Link linkTo(long id) {
        Peer peer = peers.get(id);
        return peer == null ? null : peer.link();
    }

    Iterable<Peer> peers() {
        return peers.values();
    }

    List<Long> linked() {
        return List.copyOf(peers.keySet());
    }

    void send(Link link, Message message) {
        effects.add(new Effect.Send(link, message));
    }

    /** Ends a link; nothing is heard of it any more. */
    void close(Link link, String why) {
        if (isCurrent(link)) {
            peers.remove(link.serverId());
        }
        effects.add(new Effect.CloseLink(link, why));
    }

    // ---- promise

    Promise promise() {
        return promise;
    }

    UUID clusterId() {
        return clusterId;
    }

    /** Promises an epoch: it counts once {@link Event.PromiseDurable} comes with the number returned. */
    long promise(int epoch, long leader, UUID cluster) {
        promise = promise.withEpoch(epoch, leader);
        clusterId = cluster;
        return persistPromise();
    }

    private long persistPromise() {
        long sequence = ++promiseSequence;
        effects.add(new Effect.PersistPromise(sequence, promise, clusterId));
        return sequence;
    }

    void promiseDurable(long sequence) {
        if (sequence == promiseSequence) {
            promiseOnDisk = promise;
        }
    }

    /** Whether the newest promise is on the disk. */
    boolean isPromiseDurable() {
        return promiseOnDisk.equals(promise);
    }

    /** Whether more may have been acknowledged than the history holds: section 9.4. */
    boolean isRecovering() {
        return Zxid.isAfter(promise.floorZxid(), history.last());
    }

    /** How far this server's history may have gone. */
    long reportedZxid() {
        return Zxid.max(history.last(), promise.floorZxid());
    }

    private void clearFloorIfReached() {
        if (!Zxid.isAfter(promise.floorZxid(), history.durable())) {
            nothingIsMissing();
        }
    }

    /** What is durable here holds everything that this server may have acknowledged, however far its floor goes. */
    void nothingIsMissing() {
        if (promise.floorZxid() != Zxid.NONE) {
            promise = promise.withFloor(Zxid.NONE, FloorReason.NONE);
            persistPromise();
        }
    }

    // ---- history

    /** Whether this server knows nothing at all: only an ensemble that begins its life is made of such. */
    boolean isBlank() {
        return history.last() == Zxid.NONE;
    }

    /** An ensemble begins its life with all participants present, unless it was allowed not to. */
    boolean needsEverybody() {
        return isBlank() && voters.newest().version() == 0 && !config.genesisByQuorum();
    }

    void append(Records records) {
        history.append(records);
        if (voters.appended(records)) {
            membershipChanged();
        }
        effects.add(new Effect.Append(history.generation(), records, minimum(commitZxid, records.lastZxid())));
    }

    private static long minimum(long one, long other) {
        return Zxid.isAfter(one, other) ? other : one;
    }

    void truncate(long zxid) {
        int generation = history.truncate(zxid);
        if (voters.truncatedTo(zxid)) {
            membershipChanged();
        }
        effects.add(new Effect.Truncate(generation, zxid));
    }

    void install(long token, SnapshotMeta meta) {
        int generation = history.reset(meta);
        voters.reset(meta.membership());
        commitZxid = meta.zxid();
        deliveredZxid = meta.zxid();
        snapshot = meta;
        effects.add(new Effect.ResetLog(generation, meta));
        effects.add(new Effect.InstallSnapshot(token, meta));
        membershipChanged();
    }

    /** Returns whether it is news. */
    boolean logDurable(int generation, long zxid) {
        boolean news = history.isDurable(generation, zxid);
        if (news) {
            clearFloorIfReached();
        }
        return news;
    }

    long commitZxid() {
        return commitZxid;
    }

    long deliveredZxid() {
        return deliveredZxid;
    }

    /** Everything up to {@code zxid}, which is in the history, is committed: delivers it. */
    void commit(long zxid) {
        if (!Zxid.isAfter(zxid, commitZxid)) {
            return;
        }
        if (Zxid.isAfter(zxid, history.last())) {
            throw new IllegalStateException(
                    "Committed " + Zxid.toString(zxid) + " beyond " + Zxid.toString(history.last()));
        }
        commitZxid = zxid;
        deliver();
        if (voters.committedUpTo(zxid)) {
            membershipChanged();
        }
        // What is delivered but not durable here can't be read from the log yet.
        history.trim(minimum(deliveredZxid, history.durable()));
    }

    private void deliver() {
        while (Zxid.isAfter(commitZxid, deliveredZxid)) {
            Records next = history.after(deliveredZxid);
            if (next == null || next.isEmpty()) {
                throw new IllegalStateException("What follows " + Zxid.toString(deliveredZxid) + " is not in memory");
            }
            Records committed = Zxid.isAfter(next.lastZxid(), commitZxid) ? next.upTo(commitZxid) : next;
            effects.add(new Effect.Deliver(committed));
            deliveredZxid = committed.lastZxid();
        }
    }

    private void membershipChanged() {
        effects.add(new Effect.MembershipChanged(voters.committed(), voters.pending()));
    }

    @Nullable
    SnapshotMeta snapshot() {
        return snapshot;
    }

    void snapshotTaken(SnapshotMeta meta) {
        if (snapshot == null || Zxid.isAfter(meta.zxid(), snapshot.zxid())) {
            snapshot = meta;
        }
    }

    // ---- standing

    void writable(boolean can) {
        writable = can;
    }

    /** Whether this server's log has room for more. */
    boolean isWritable() {
        return writable;
    }

    /** Whether this server's voice counts. */
    boolean isVoter() {
        return voters.isVoter(self());
    }

    /**
     * Whether it may be elected: section 3.1. Also a leader that was voted out may be, as long as it alone might know that it was: its history
     * may be needed to let the others go on.
     */
    boolean isElectable() {
        return (voters.isChangeUnfinished(commitZxid) || (isVoter() && weight() > 0)) && writable && !isRecovering();
    }

    private int weight() {
        var member = voters.newest().member(self());
        return member == null ? 0 : member.weight();
    }

    Vote ownVote() {
        return isElectable() ? new Vote(history.last(), self()) : Vote.NONE;
    }

    void halt(String reason) {
        halted = true;
        effects.add(new Effect.Halt(reason));
    }

    boolean isHalted() {
        return halted;
    }
}
