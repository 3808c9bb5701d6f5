package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/**
 * The broadcast of one server as a pure state machine: an event and the time go in, effects come out.
 *
 * <p>After Junqueira, Reed and Serafini, "Zab: High-performance broadcast for primary-backup systems" (DSN 2011), with the changes that
 * {@code zab.md} gives reasons for. The same events at the same times lead to the same effects. Not thread-safe: the core thread's.
 */
public final class ZabCore implements Role.Changes {
    private final NodeState node;
    private Role role;
    private boolean started;

    /**
     * A server that has not started yet: its first event is {@link Event.Start}.
     *
     * @param disk what this server remembers; its state machine stands at {@code disk.commitZxid()}
     * @param random seeded by the caller
     * @param effects where everything that is wanted goes; to be emptied after each call
     */
    public ZabCore(CoreConfig config, RecoveredState disk, RandomGenerator random, Effects effects) {
        this.node = new NodeState(config, disk, random, effects);
        this.role = new Looking(node, this);
    }

    /**
     * Takes an event.
     *
     * @param nowNanos of a monotonic clock
     */
    public void step(Event event, long nowNanos) {
        if (node.isHalted()) {
            return;
        }
        node.timeIs(nowNanos);
        handle(event);
        turn();
    }

    /**
     * Lets a leader send on its way what has been proposed since the last step. To be called when whatever was {@link Effect.Requested}
     * so far has been proposed, if it may be: only then a barrier that was asked for after it can pass.
     */
    public void flush(long nowNanos) {
        if (!node.isHalted()) {
            node.timeIs(nowNanos);
            if (role instanceof Leading leading) {
                leading.requestsAreProposed();
            }
            turn();
        }
    }

    private void turn() {
        // A change of role may make another one due at once: an ensemble of one elects itself.
        for (Role before = null; before != role && started && !node.isHalted(); ) {
            before = role;
            role.onTurn();
        }
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Start start -> {
                started = true;
                node.ticked();
                node.effects.add(new Effect.MembershipChanged(node.voters.committed(), node.voters.pending()));
                become(role, "it has started");
            }
            case Event.Tick tick -> {
                node.ticked();
                role.onTick();
            }
            case Event.LinkUp up -> linkUp(up);
            case Event.LinkDown down -> linkDown(down.link());
            case Event.Received received -> receive(received.link(), received.message());
            case Event.PromiseDurable durable -> {
                node.promiseDurable(durable.sequence());
                role.onPromiseDurable();
            }
            case Event.LogDurable durable -> {
                if (node.logDurable(durable.generation(), durable.zxid())) {
                    role.onLogDurable();
                }
            }
            case Event.LogRead read -> role.onLogRead(read);
            case Event.SnapshotFetched fetched -> role.onSnapshotFetched(fetched);
            case Event.SnapshotFetchFailed failed -> role.onSnapshotFetchFailed(failed);
            case Event.SnapshotTaken taken -> {
                node.snapshotTaken(taken.meta());
                role.onSnapshotTaken();
            }
            case Event.Writable writable -> node.writable(writable.writable());
            case Event.ProposeMembership request -> role.onRequest(request);
            case Event.Barrier request -> role.onRequest(request);
            case Event.Forward request -> role.onRequest(request);
            case Event.Reply request -> role.onRequest(request);
            case Event.Resign request -> role.onRequest(request);
        }
    }

    private void linkUp(Event.LinkUp up) {
        Link before = node.linkTo(up.link().serverId());
        if (before != null && before.number() > up.link().number()) {
            node.close(up.link(), "there is a newer link already");
            return;
        }
        if (before != null) {
            linkDown(before);
        }
        node.linkUp(up.link(), up.hello());
        role.onLinkUp(up.link());
    }

    private void linkDown(Link link) {
        if (node.isCurrent(link)) {
            node.linkDown(link);
            role.onLinkDown(link);
        }
    }

    private void receive(Link link, Message message) {
        if (!node.isCurrent(link)) {
            return;
        }
        if (message instanceof Message.Notification notification && notification.membership() != null) {
            hear(notification.membership());
        }
        role.onMessage(link, message);
    }

    private void hear(Membership heardOf) {
        Membership pending = node.voters.pending();
        if (pending != null && pending.version() == heardOf.version()) {
            // Who says so knows it to be committed, and the same zxid is the same record. A server that would lead by
            // the new members must not wait for one that has ceased to be a voter by them.
            node.commit(pending.version());
        } else if (Zxid.isAfter(heardOf.version(), node.voters.newest().version())) {
            node.effects.add(new Effect.MembersHeardOf(heardOf));
        }
    }

    // ---- the leader's proposals: not events, because whoever proposes must know the zxid at once

    /** Whether this server leads and may propose now. */
    public boolean mayPropose() {
        return !node.isHalted() && role instanceof Leading leading && leading.mayPropose();
    }

    /** The zxid of the newest proposal, or of the last record of the history. */
    public long lastProposed() {
        return role instanceof Leading leading ? leading.lastProposed() : node.history.last();
    }

    /**
     * Proposes a transaction, of which the payload is copied, and returns its zxid: always the one after {@link #lastProposed}. It leaves
     * with the next step or {@link #flush}.
     *
     * @throws IllegalStateException unless {@link #mayPropose}
     */
    public long propose(ByteBuffer payload) {
        if (!(role instanceof Leading leading) || !mayPropose()) {
            throw new IllegalStateException("Only an established leader proposes");
        }
        return leading.propose(payload);
    }

    /** Whether the logs of a quorum have room for a proposal, as far as this leader knows; its own is left out of account. */
    public boolean isQuorumWritable() {
        return !(role instanceof Leading leading) || leading.isQuorumWritable();
    }

    // ---- observation

    /** Whether the servers for which the question is answered with yes are a quorum, as far as their voices count. */
    public boolean isQuorum(LongPredicate among) {
        return node.voters.isQuorum(among);
    }

    /** When {@link Event.Tick} is due at the latest; {@code Long.MAX_VALUE}: never. */
    public long nextDeadlineNanos() {
        return node.isHalted() ? Long.MAX_VALUE : role.deadlineNanos();
    }

    public NodeView view() {
        return new NodeView(
                role.view(),
                node.history.last(),
                node.history.durable(),
                node.commitZxid(),
                node.deliveredZxid(),
                node.promise(),
                node.linked(),
                role instanceof Leading leading ? leading.figures() : LeaderFigures.NONE,
                isQuorumWritable(),
                node.voters.committed(),
                node.voters.pending());
    }

    // ---- changes of role

    @Override
    public void look(String why) {
        become(new Looking(node, this), why);
    }

    @Override
    public void lead(String why) {
        become(new Leading(node, this), why);
    }

    @Override
    public void follow(long leader, String why) {
        become(new Following(node, this, leader), why);
    }

    private void become(Role next, String why) {
        role = next;
        node.effects.add(new Effect.RoleChanged(next.view(), why));
        next.enter();
    }
}
