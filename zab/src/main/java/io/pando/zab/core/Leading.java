package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.message.Message.Notification;
import io.pando.zab.message.Message.Refusal;
import io.pando.zab.message.Message.State;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
final class Leading implements Role {

    private enum Phase {
        DISCOVERY,
        SYNCHRONISATION,
        BROADCAST
    }

    // A learner may be busy for longer than a quorum may be silent.
    private static final int MUTE_TIMEOUTS = 10;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final NodeState node;
    private final Changes changes;
    private final TreeMap<Long, Learner> learners = new TreeMap<>();
    private final Set<Long> promised = new TreeSet<>();
    private final Set<Long> lookingInLaterRounds = new TreeSet<>();
    private final Barriers barriers;
    private final Stream stream;
    private final Reconfiguration reconfiguration;
    private final Succession succession;

    private Phase phase = Phase.DISCOVERY;
    private int epoch;
    private boolean epochChosen;
    private int establishedEpoch; // 0 until the first marker is committed; stays while the epoch is renewed
    private long marker;
    private long discoveryEnds;
    private long epochBegunAt;
    private long renewAt = Long.MAX_VALUE;
    private Records.@Nullable Builder proposals;

    Leading(NodeState node, Changes changes) {
        this.node = node;
        this.changes = changes;
        this.barriers = new Barriers(node);
        this.stream = new Stream(node, barriers);
        this.reconfiguration = new Reconfiguration(node);
        this.succession = new Succession(node);
    }

    @Override
    public void enter() {
        beginDiscovery();
        announce();
        chooseEpochIfJoined();
    }

    private void beginDiscovery() {
        phase = Phase.DISCOVERY;
        epochChosen = false;
        promised.clear();
        discoveryEnds = node.nowNanos + node.config.timing().discovery();
        succession.diskMoved();
    }

    /** Tells everybody at once, so that nobody waits for its timer. */
    private void announce() {
        for (NodeState.Peer peer : node.peers()) {
            node.send(peer.link(), Notices.leading(node, epoch, isEstablished()));
        }
    }

    private void stepDown(String why) {
        leave();
        for (Learner learner : learners.values()) {
            if (node.isCurrent(learner.link)) {
                node.close(learner.link, "its leader steps down: " + why);
            }
        }
        changes.look(why);
    }

    /** Whatever comes next, this leadership answers nobody any more. */
    private void leave() {
        proposals = null;
        barriers.fail();
        reconfiguration.fail();
    }

    // ---- discovery: section 4.1

    private void onJoin(Link link, Message.Join join) {
        Learner learner = new Learner(link, join, node);
        learners.put(learner.id(), learner);
        if (!epochChosen) {
            chooseEpochIfJoined();
        } else if (EpochChoice.isPromisedAway(node, epoch, join)) {
            // It can only join an epoch that is later than the one it has promised.
            renewAt =
                    Math.max(node.nowNanos, epochBegunAt + node.config.timing().renewal());
        } else if (node.isPromiseDurable()) {
            propose(learner);
        }
    }

    private void chooseEpochIfJoined() {
        if (!epochChosen && isEnough(learners.keySet())) {
            chooseEpoch();
        }
    }

    /** An ensemble begins its life with everybody present, unless it was allowed not to. */
    private boolean isEnough(Set<Long> others) {
        Set<Long> present = new TreeSet<>(others);
        present.add(node.self());
        return node.needsEverybody()
                ? present.containsAll(node.voters.participants())
                : node.voters.isQuorum(present::contains);
    }

    private void chooseEpoch() {
        epoch = EpochChoice.next(node, learners.values());
        if (epoch == 0) {
            node.halt("All epochs are used up.");
            return;
        }
        epochChosen = true;
        epochBegunAt = node.nowNanos;
        renewAt = Long.MAX_VALUE;
        node.promise(epoch, node.self(), EpochChoice.clusterId(node));
    }

    @Override
    public void onPromiseDurable() {
        if (phase == Phase.DISCOVERY && epochChosen && node.isPromiseDurable()) {
            promised.add(node.self());
            for (Learner learner : learners.values()) {
                propose(learner);
            }
            settleHistoryIfPromised();
        }
    }

    private void propose(Learner learner) {
        learner.beginEpoch();
        node.send(learner.link, new Message.NewEpoch(epoch, node.clusterId()));
    }

    private void onAckEpoch(Learner learner, Message.AckEpoch ack) {
        if (learner.phase != Learner.Phase.PROMISING) {
            violated(learner, "it promised what it was not asked for");
            return;
        }
        // Once the marker is in the history nobody can be ahead, except for what a damaged log may have lost.
        if (phase == Phase.DISCOVERY && Zxid.isAfter(ack.zxid(), node.history.last())) {
            learners.remove(learner.id());
            node.send(learner.link, new Message.Reject(Refusal.AHEAD));
            giveUpIfTooManyAreAhead(learner.id());
            return;
        }
        learner.promised = ack;
        learner.phase = Learner.Phase.PROMISED;
        promised.add(learner.id());
        if (phase == Phase.DISCOVERY) {
            settleHistoryIfPromised();
        } else {
            synchronise(learner);
        }
    }

    private void giveUpIfTooManyAreAhead(long ahead) {
        boolean hopeless = node.isBlank() || !node.voters.isQuorum(id -> id != ahead);
        if (hopeless) {
            stepDown("server " + ahead + " has a longer history");
        }
    }

    private void settleHistoryIfPromised() {
        if (promised.contains(node.self()) && isEnough(promised)) {
            beginSynchronisation();
        }
    }

    // ---- synchronisation: sections 4.2 and 4.3

    private void beginSynchronisation() {
        phase = Phase.SYNCHRONISATION;
        marker = Zxid.of(epoch, 0);
        boolean first = node.voters.newest().version() == 0;
        ByteBuffer payload = first ? MembershipRecords.payload(node.voters.withKnownData()) : EMPTY;
        node.append(Records.of(node.history.last(), marker, RecordType.MARKER, payload));
        for (Learner learner : learners.values()) {
            if (learner.phase == Learner.Phase.PROMISED) {
                synchronise(learner);
            }
        }
    }

    private void synchronise(Learner learner) {
        learner.target = node.history.last();
        stream.plan(learner, epoch);
    }

    private void onAck(Learner learner, Message.Ack ack) {
        learner.probeEchoed = Math.max(learner.probeEchoed, ack.probe());
        if (learner.phase == Learner.Phase.FETCHING) {
            stream.fetched(learner, ack.zxid());
        }
        if (learner.phase != Learner.Phase.STREAMING || !Zxid.isAfter(ack.zxid(), learner.acked)) {
            return;
        }
        if (Zxid.isAfter(ack.zxid(), learner.cursor)) {
            violated(learner, "it acknowledged more than it was sent");
            return;
        }
        learner.acked(ack.zxid());
    }

    private long ackedBy(long id) {
        if (id == node.self()) {
            return node.history.durable();
        }
        Learner learner = learners.get(id);
        return learner != null && learner.phase == Learner.Phase.STREAMING ? learner.acked : Zxid.NONE;
    }

    private void commitWhatIsAcknowledged() {
        if (phase == Phase.DISCOVERY) {
            return;
        }
        node.commit(CommitRule.committable(node.voters, marker, this::ackedBy));
        if (phase == Phase.SYNCHRONISATION && !Zxid.isAfter(marker, node.commitZxid())) {
            phase = Phase.BROADCAST;
            establishedEpoch = epoch;
            node.effects.add(new Effect.RoleChanged(view(), "a quorum has its history"));
            announce();
        }
    }

    private void tellWhoIsUpToDate() {
        for (Learner learner : learners.values()) {
            boolean ready = learner.phase == Learner.Phase.STREAMING
                    && !learner.upToDate
                    && !Zxid.isAfter(learner.target, learner.acked);
            if (ready) {
                learner.upToDate = true;
                node.send(learner.link, new Message.UpToDate(epoch, node.commitZxid()));
            }
        }
    }

    // ---- broadcast: section 4.4

    private boolean isEstablished() {
        return establishedEpoch != 0;
    }

    /** Whether a proposal would get a zxid of this epoch now. */
    boolean mayPropose() {
        return phase == Phase.BROADCAST
                && !succession.isWished()
                && !reconfiguration.isLeaving()
                && Integer.compareUnsigned(Zxid.counter(lastProposed()), node.config.lastCounter()) < 0;
    }

    long lastProposed() {
        return proposals == null ? node.history.last() : proposals.lastZxid();
    }

    long propose(ByteBuffer payload) {
        return propose(RecordType.TXN, payload);
    }

    private long propose(RecordType type, ByteBuffer payload) {
        if (proposals == null) {
            proposals = new Records.Builder(node.history.last());
        }
        long zxid = lastProposed() + 1;
        proposals.append(zxid, type, payload);
        if (proposals.lengthBytes() >= node.config.limits().batch()) {
            flush();
        }
        return zxid;
    }

    /** Ends the batch that is being gathered and sends it on its way. */
    private void flush() {
        if (proposals != null) {
            Records batch = proposals.build();
            proposals = null;
            node.append(batch);
        }
    }

    @Override
    public void onTurn() {
        flush();
        commitWhatIsAcknowledged();
        if (isEstablished()) {
            tellWhoIsUpToDate();
            reconfigure();
        }
        if (mayPropose()) { // until then, requests that came before a barrier may still wait to be proposed
            barriers.settle(node.voters, epoch, this::hasEchoed);
        }
        feedLearners();
        moveOn();
    }

    private void feedLearners() {
        boolean probeNow = barriers.takeDue();
        for (Learner learner : learners.values()) {
            stream.feed(learner, epoch, node.voters.isVoter(learner.id()), probeNow);
        }
    }

    private boolean hasEchoed(long id, long probe) {
        Learner learner = learners.get(id);
        return id == node.self() || (learner != null && learner.probeEchoed >= probe);
    }

    // ---- liveness: section 4.5

    @Override
    public void onTick() {
        long oldest = node.awakeNanos - node.config.timing().quorum();
        if (phase == Phase.DISCOVERY) {
            return;
        }
        if (hasQuorumOf(learner -> learner.heardAt > oldest)) {
            letMuteLearnersGo();
        } else {
            stepDown("no quorum was heard of in time");
        }
    }

    /** What is lost on the way from a learner are its clients' writes: it had better look for another way, and they with it. */
    private void letMuteLearnersGo() {
        long oldest = node.awakeNanos - MUTE_TIMEOUTS * node.config.timing().quorum();
        for (Learner learner : List.copyOf(learners.values())) {
            if (learner.isFed() && learner.heardAt <= oldest) {
                learners.remove(learner.id());
                node.close(learner.link, "server " + learner.id() + " is sent everything and says nothing");
            }
        }
    }

    private boolean hasQuorumOf(Predicate<Learner> rule) {
        return node.voters.isQuorum(id -> {
            Learner learner = learners.get(id);
            return id == node.self() || (learner != null && rule.test(learner));
        });
    }

    /** What a leader does by itself: gives up what comes to nothing, begins a new epoch when this one is used up, or hands over. */
    private void moveOn() {
        if (phase == Phase.DISCOVERY) {
            if (node.nowNanos >= discoveryEnds) {
                stepDown("no quorum has promised epoch " + epoch + " in time");
            }
            return;
        }
        if (!hasQuorumOf(learner -> true)) {
            stepDown("too few are linked to be a quorum");
            return;
        }
        if (!isEstablished()) {
            return;
        }
        succession.wishIfDiskStalls(learners.values());
        if (succession.isWished()) {
            succession.successor(learners.values()).ifPresent(this::handOver);
            return;
        }
        boolean usedUp = Integer.compareUnsigned(Zxid.counter(node.history.last()), node.config.lastCounter()) >= 0;
        if (phase == Phase.BROADCAST && (usedUp || node.nowNanos >= renewAt)) {
            renew();
        }
    }

    /** A new epoch without an election: formally this leader steps down and leads again at once. Section 4.6. */
    private void renew() {
        beginDiscovery();
        chooseEpoch();
    }

    private void handOver(long successor) {
        leave();
        for (Learner learner : learners.values()) {
            if (learner.phase == Learner.Phase.STREAMING) {
                node.send(learner.link, new Message.Handover(epoch, successor));
            } else {
                node.close(learner.link, "its leader hands over");
            }
        }
        changes.follow(successor, "it has handed over");
    }

    // ---- memberships: section 8

    private void reconfigure() {
        if (phase != Phase.BROADCAST) {
            return;
        }
        Reconfiguration.Step step = reconfiguration.next(learners.values());
        switch (step) {
            case Reconfiguration.Step.Nothing nothing -> {}
            case Reconfiguration.Step.Append append -> {
                long zxid = propose(append.type(), append.payload());
                flush();
                reconfiguration.appended(append.type(), zxid);
            }
            case Reconfiguration.Step.Leave leaving -> {
                if (!succession.isWished()) {
                    succession.wish(-1);
                }
            }
        }
    }

    // ---- everything that comes in

    @Override
    public void onMessage(Link link, Message message) {
        Learner learner = learners.get(link.serverId());
        if (message instanceof Notification notification) {
            onNotification(link, notification);
        } else if (message instanceof Message.Join join) {
            onJoin(link, join);
        } else if (learner != null && learner.link.equals(link)) {
            fromLearner(learner, message);
        }
        // Anything else was meant for a role that has ended.
    }

    private void fromLearner(Learner learner, Message message) {
        switch (message) {
            case Message.AckEpoch ack -> {
                if (ack.epoch() == epoch) {
                    learner.heardAt = node.awakeNanos;
                    onAckEpoch(learner, ack);
                }
            }
            case Message.Ack ack -> {
                if (ack.epoch() == epoch) {
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

    private void violated(Learner learner, String what) {
        learners.remove(learner.id());
        node.close(learner.link, "server " + learner.id() + " broke the protocol: " + what);
    }

    private void onNotification(Link link, Notification notification) {
        if (notification.state() == State.LOOKING) {
            node.send(link, Notices.leading(node, epoch, isEstablished()));
            changeMindIfOthersDo(link.serverId(), notification);
        } else if (notification.state() == State.LEADING
                && notification.established()
                && Integer.compareUnsigned(notification.leaderEpoch(), epoch) > 0) {
            stepDown("server " + link.serverId() + " leads the later epoch " + notification.leaderEpoch());
        }
    }

    /** So many voters are in a later election that no quorum is left for this one. */
    private void changeMindIfOthersDo(long sender, Notification notification) {
        if (isEstablished() || notification.round() <= node.round) {
            return;
        }
        lookingInLaterRounds.add(sender);
        if (!node.voters.isQuorum(id -> !lookingInLaterRounds.contains(id))) {
            node.round = notification.round();
            stepDown("the others elect again");
        }
    }

    @Override
    public void onLinkUp(Link link) {
        node.send(link, Notices.leading(node, epoch, isEstablished()));
    }

    @Override
    public void onLinkDown(Link link) {
        Learner learner = learners.get(link.serverId());
        if (learner != null && learner.link.equals(link)) {
            learners.remove(link.serverId());
            promised.remove(link.serverId());
        }
        lookingInLaterRounds.remove(link.serverId());
    }

    @Override
    public void onLogDurable() {
        succession.diskMoved();
    }

    @Override
    public void onLogRead(Event.LogRead read) {
        for (Learner learner : learners.values()) {
            if (learner.pendingRead == read.request()) {
                stream.read(learner, epoch, node.voters.isVoter(learner.id()), read.records());
                return;
            }
        }
    }

    @Override
    public void onSnapshotTaken() {
        for (Learner learner : learners.values()) {
            stream.snapshotTaken(learner, epoch);
        }
    }

    @Override
    public void onRequest(Event request) {
        if (!isEstablished()) {
            Refusals.withoutLeader(node, request);
            return;
        }
        switch (request) {
            case Event.Forward forward -> node.effects.add(new Effect.Requested(node.self(), forward.payload()));
            case Event.Barrier barrier -> barriers.add(null, barrier.request());
            case Event.Reply reply -> reply(reply);
            case Event.Resign wish -> succession.wish(wish.preferred());
            case Event.ProposeMembership wish -> reconfiguration.ask(wish, learners.values());
            default -> throw new IllegalArgumentException("Not a request: " + request);
        }
    }

    private void reply(Event.Reply reply) {
        Learner learner = learners.get(reply.to());
        if (reply.to() == node.self()) {
            node.effects.add(new Effect.Answered(reply.payload()));
        } else if (learner != null) {
            node.send(learner.link, new Message.Answer(epoch, reply.payload()));
        }
    }

    @Override
    public void onSnapshotFetched(Event.SnapshotFetched fetched) {}

    @Override
    public void onSnapshotFetchFailed(Event.SnapshotFetchFailed failed) {}

    LeaderFigures figures() {
        int followers = 0;
        int syncedFollowers = 0;
        int syncedNonVoters = 0;
        int syncedObservers = 0;
        for (Learner learner : learners.values()) {
            boolean participant = node.voters.isParticipant(learner.id());
            followers += participant ? 1 : 0;
            if (!learner.upToDate) {
                continue;
            }
            if (!participant) {
                syncedObservers++;
            } else if (node.voters.isVoter(learner.id())) {
                syncedFollowers++;
            } else {
                syncedNonVoters++;
            }
        }
        return new LeaderFigures(
                learners.size(), followers, syncedFollowers, syncedNonVoters, syncedObservers, barriers.waiting());
    }

    @Override
    public RoleView view() {
        return new RoleView(
                RoleView.Kind.LEADING, node.self(), isEstablished() ? establishedEpoch : epoch, isEstablished());
    }

    @Override
    public long deadlineNanos() {
        if (phase == Phase.DISCOVERY) {
            return discoveryEnds;
        }
        // A look at who was heard of, and heartbeats.
        long deadline = learners.isEmpty() ? renewAt : node.nextTickNanos();
        for (Learner learner : learners.values()) {
            if (learner.isFed()) {
                deadline =
                        Math.min(deadline, learner.sentAt + node.config.timing().heartbeat());
            }
        }
        return Math.min(deadline, succession.deadlineNanos());
    }
}
