package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.message.Message.Notification;
import io.pando.zab.message.Message.State;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;

/**
 * A server that leads an epoch, or is about to (design: zab.md section 4).
 *
 * <pre>
 *   DISCOVERY ─a quorum has promised─▶ SYNCHRONISATION ─the marker is committed─▶ BROADCAST
 *       ▲                                                                             │
 *       └──────────────────────── renewal: a new epoch of the same leader ────────────┘
 * </pre>
 *
 * Leaving the role ends its links to its learners, so that nothing of the old relation can be taken for the next one's; only a
 * handover keeps them.
 */
final class Leading implements Role, Discovery.Leadership {

    // A learner may be busy for longer than a quorum may be silent.
    private static final int MUTE_TIMEOUTS = 10;

    private final NodeState node;
    private final Changes changes;
    private final Learners learners;
    private final Discovery discovery;
    private final Proposals proposals;
    private final Barriers barriers;
    private final Stream stream;
    private final Reconfiguration reconfiguration;
    private final Succession succession;
    private final Marker marker;

    Leading(NodeState node, Changes changes) {
        this.node = node;
        this.changes = changes;
        this.learners = new Learners(node);
        this.discovery = new Discovery(node, learners, this);
        this.proposals = new Proposals(node);
        this.barriers = new Barriers(node);
        this.stream = new Stream(node, learners, barriers);
        this.reconfiguration = new Reconfiguration(node);
        this.succession = new Succession(node, learners);
        this.marker = new Marker(node);
    }

    @Override
    public void enter() {
        beginDiscovery();
        announce();
        discovery.chooseEpochIfJoined();
    }

    private void beginDiscovery() {
        discovery.begin();
        succession.diskMoved();
    }

    /** Tells everybody at once, so that nobody waits for its timer. */
    private void announce() {
        for (NodeState.Peer peer : node.peers()) {
            node.send(peer.link(), Notices.leading(node, epoch(), isEstablished()));
        }
    }

    @Override
    public void stepDown(String why) {
        leave();
        learners.closeAll("its leader steps down: " + why);
        changes.look(why);
    }

    /** Whatever comes next, this leadership answers nobody any more. */
    private void leave() {
        proposals.drop();
        barriers.fail();
        reconfiguration.fail();
    }

    private int epoch() {
        return discovery.epoch();
    }

    // ---- synchronisation: sections 4.2 and 4.3

    @Override
    public void historyIsSettled() {
        marker.append(epoch());
        for (Learner learner : learners.all()) {
            if (learner.phase == Learner.Phase.PROMISED) {
                synchronise(learner);
            }
        }
    }

    @Override
    public void synchronise(Learner learner) {
        stream.plan(learner, epoch());
    }

    private void onAck(Learner learner, Message.Ack ack) {
        learner.probeEchoed = Math.max(learner.probeEchoed, ack.probe());
        learner.writable = ack.writable();
        if (!stream.acknowledged(learner, ack.zxid())) {
            violated(learner, "it acknowledged more than it was sent");
        }
    }

    private void commitWhatIsAcknowledged() {
        if (!discovery.isSettled()) {
            return;
        }
        node.commit(CommitRule.committable(node.voters, marker.zxid(), learners::ackedBy));
        if (marker.establishes(epoch())) {
            node.effects.add(new Effect.RoleChanged(view(), "a quorum has its history"));
            announce();
        }
    }

    // ---- broadcast: section 4.4

    private boolean isEstablished() {
        return marker.isEstablished();
    }

    /** Whether the marker of the newest epoch is committed. */
    private boolean isBroadcasting() {
        return discovery.isSettled() && marker.establishedEpoch() == epoch();
    }

    /** Whether a proposal would get a zxid of this epoch now. */
    boolean mayPropose() {
        return isBroadcasting()
                && !succession.isWished()
                && !reconfiguration.isLeaving()
                && Integer.compareUnsigned(Zxid.counter(lastProposed()), node.config.lastCounter()) < 0;
    }

    long lastProposed() {
        return proposals.last();
    }

    /**
     * Whether the logs of a quorum have room, as far as the others have said; this server's own is left out of account. Where too few are
     * left to be a quorum, that is not because of their disks.
     */
    boolean isQuorumWritable() {
        return learners.haveQuorum(learner -> learner.writable) || !learners.haveQuorum(learner -> true);
    }

    /** Whatever was {@link Effect.Requested} so far has been proposed, if it may be. */
    void requestsAreProposed() {
        if (mayPropose()) {
            barriers.requestsAreProposed();
        }
    }

    long propose(ByteBuffer payload) {
        return proposals.add(RecordType.TXN, payload);
    }

    @Override
    public void onTurn() {
        proposals.flush();
        commitWhatIsAcknowledged();
        if (isEstablished()) {
            stream.tellWhoIsUpToDate(epoch());
            reconfigure();
        }
        if (mayPropose()) {
            barriers.settle(node.voters, epoch(), learners::haveEchoed);
        }
        stream.feed(epoch(), barriers.takeDue());
        moveOn();
    }

    // ---- liveness: section 4.5

    @Override
    public void onTick() {
        if (!discovery.isSettled()) {
            return;
        }
        long silence = node.config.timing().quorum();
        if (learners.haveQuorum(learner -> learner.heardAt > node.awakeNanos - silence)) {
            // What is lost on the way from a learner are its clients' writes: it had better look for another way, and
            // they with it.
            learners.dismissMute(node.awakeNanos - MUTE_TIMEOUTS * silence);
        } else {
            stepDown("no quorum was heard of in time");
        }
    }

    /** What a leader does by itself: gives up what comes to nothing, begins a new epoch when this one is used up, or hands over. */
    private void moveOn() {
        if (!discovery.isSettled()) {
            discovery.giveUpIfLate();
            return;
        }
        if (!learners.haveQuorum(learner -> true)) {
            stepDown("too few are linked to be a quorum");
            return;
        }
        if (!isEstablished()) {
            return;
        }
        succession.wishIfDiskFails();
        if (succession.isWished()) {
            succession.successor().ifPresent(this::handOver);
            return;
        }
        boolean usedUp = Integer.compareUnsigned(Zxid.counter(node.history.last()), node.config.lastCounter()) >= 0;
        if (isBroadcasting() && (usedUp || discovery.isRenewalDue())) {
            renew();
        }
    }

    /** A new epoch without an election: formally this leader steps down and leads again at once. Section 4.6. */
    private void renew() {
        beginDiscovery();
        discovery.chooseEpoch();
    }

    private void handOver(long successor) {
        leave();
        for (Learner learner : learners.all()) {
            if (learner.phase == Learner.Phase.STREAMING) {
                node.send(learner.link, new Message.Handover(epoch(), successor));
            } else {
                node.close(learner.link, "its leader hands over");
            }
        }
        changes.follow(successor, succession.why());
    }

    // ---- memberships: section 8

    private void reconfigure() {
        if (!isBroadcasting()) {
            return;
        }
        Reconfiguration.Step step = reconfiguration.next(learners.all());
        switch (step) {
            case Reconfiguration.Step.Nothing nothing -> {}
            case Reconfiguration.Step.Append append -> {
                long zxid = proposals.add(append.type(), append.payload());
                proposals.flush();
                reconfiguration.appended(append.type(), zxid);
            }
            case Reconfiguration.Step.Leave leaving -> {
                if (!succession.isWished()) {
                    succession.wish(Succession.ANYBODY);
                }
            }
        }
    }

    // ---- everything that comes in

    @Override
    public void onMessage(Link link, Message message) {
        Learner learner = learners.by(link);
        if (message instanceof Notification notification) {
            onNotification(link, notification);
        } else if (message instanceof Message.Join join) {
            discovery.joined(new Learner(link, join, node));
        } else if (learner != null) {
            fromLearner(learner, message);
        }
        // Anything else was meant for a role that has ended.
    }

    private void fromLearner(Learner learner, Message message) {
        switch (message) {
            case Message.AckEpoch ack -> {
                if (ack.epoch() == epoch()) {
                    learner.heardAt = node.awakeNanos;
                    onAckEpoch(learner, ack);
                }
            }
            case Message.Ack ack -> {
                if (ack.epoch() == epoch()) {
                    learner.heardAt = node.awakeNanos;
                    onAck(learner, ack);
                }
            }
            // These may be older than the epoch, if this leader has renewed it: on this link they are meant for this
            // leadership.
            case Message.Request request -> {
                if (isEstablished()) {
                    learner.heardAt = node.awakeNanos; // many requests may stand before an acknowledgement
                    node.effects.add(new Effect.Requested(learner.id(), request.payload()));
                }
            }
            case Message.Barrier barrier -> {
                if (isEstablished()) {
                    barriers.add(learner.link, barrier.id());
                }
            }
            // What only a learner is sent: from when this server was one.
            case Message.Notification m -> {}
            case Message.Join m -> {}
            case Message.NewEpoch m -> {}
            case Message.Sync m -> {}
            case Message.Append m -> {}
            case Message.UpToDate m -> {}
            case Message.BarrierPassed m -> {}
            case Message.Answer m -> {}
            case Message.Handover m -> {}
            case Message.Reject m -> {}
        }
    }

    private void onAckEpoch(Learner learner, Message.AckEpoch ack) {
        if (learner.phase == Learner.Phase.PROMISING) {
            discovery.onAckEpoch(learner, ack);
        } else {
            violated(learner, "it promised what it was not asked for");
        }
    }

    private void violated(Learner learner, String what) {
        learners.dismiss(learner, "server " + learner.id() + " broke the protocol: " + what);
    }

    private void onNotification(Link link, Notification notification) {
        if (notification.state() == State.LOOKING) {
            node.send(link, Notices.leading(node, epoch(), isEstablished()));
            if (!isEstablished()) {
                discovery.looking(link.serverId(), notification.round());
            }
        } else if (notification.state() == State.LEADING
                && notification.established()
                && Integer.compareUnsigned(notification.leaderEpoch(), epoch()) > 0) {
            stepDown("server " + link.serverId() + " leads the later epoch " + notification.leaderEpoch());
        }
    }

    @Override
    public void onLinkUp(Link link) {
        node.send(link, Notices.leading(node, epoch(), isEstablished()));
    }

    @Override
    public void onLinkDown(Link link) {
        if (learners.by(link) != null) {
            learners.remove(link.serverId());
            discovery.gone(link.serverId());
        }
        discovery.notLooking(link.serverId());
    }

    @Override
    public void onPromiseDurable() {
        discovery.onPromiseDurable();
    }

    @Override
    public void onLogDurable() {
        succession.diskMoved();
    }

    @Override
    public void onLogRead(Event.LogRead read) {
        stream.read(read.request(), epoch(), read.records());
    }

    @Override
    public void onSnapshotTaken() {
        stream.snapshotTaken(epoch());
    }

    @Override
    public void onRequest(Event request) {
        if (!isEstablished()) {
            Refusals.withoutLeader(node, request);
            return;
        }
        switch (request) {
            case Event.Forward forward -> node.effects.add(new Effect.Requested(node.self(), forward.payload()));
            case Event.Barrier barrier -> {
                barriers.add(null, barrier.request());
                requestsAreProposed();
            }
            case Event.Reply reply -> reply(reply);
            case Event.Resign wish -> succession.wish(wish.preferred());
            case Event.ProposeMembership wish -> reconfiguration.ask(wish, learners.all());
            default -> throw new IllegalArgumentException("Not a request: " + request);
        }
    }

    private void reply(Event.Reply reply) {
        Learner learner = learners.byId(reply.to());
        if (reply.to() == node.self()) {
            node.effects.add(new Effect.Answered(reply.payload()));
        } else if (learner != null) {
            node.send(learner.link, new Message.Answer(epoch(), reply.payload()));
        }
    }

    @Override
    public void onSnapshotFetched(Event.SnapshotFetched fetched) {}

    @Override
    public void onSnapshotFetchFailed(Event.SnapshotFetchFailed failed) {}

    LeaderFigures figures() {
        return learners.figures(barriers.waiting());
    }

    @Override
    public RoleView view() {
        return new RoleView(
                RoleView.Kind.LEADING,
                node.self(),
                isEstablished() ? marker.establishedEpoch() : epoch(),
                isEstablished());
    }

    @Override
    public long deadlineNanos() {
        if (!discovery.isSettled()) {
            return discovery.deadlineNanos();
        }
        if (mayPropose() && barriers.isOneHeldUp(node.voters, learners::haveEchoed)) {
            return node.nowNanos;
        }
        // A look at who was heard of, and heartbeats.
        long deadline = learners.isEmpty() ? discovery.deadlineNanos() : node.nextTickNanos();
        return Math.min(Math.min(deadline, stream.deadlineNanos()), succession.deadlineNanos());
    }
}
