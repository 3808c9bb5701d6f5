package io.pando.server.core;

import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.figures.ServerFigures;
import io.pando.server.request.Preparation;
import io.pando.server.watch.Publication;
import io.pando.zab.core.RoleView;
import io.pando.zab.runtime.SnapshotBody;
import io.pando.zab.runtime.StateMachine;
import io.pando.zab.runtime.ZabNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * From a request to its published effect, on whichever server its client is attached to.
 *
 * <pre>
 *   leader:   asked ─▶ decide, propose ─▶ deliver ─▶ publish, answer
 *   follower: asked ─▶ forward ─▶ (leader decides and proposes) ─▶ deliver ─▶ publish, answer
 * </pre>
 *
 * <p>What the broadcast tells is only noted while it tells it, and worked on by {@link #proceed}: {@link Part} notes what this server is,
 * {@link Commits} what has committed, {@link PeerInbox} what other servers say. {@link ClientRequests} is the way in, and what is shown in
 * {@link #publish} the way out. Core thread.
 */
final class WritePath implements StateMachine {
    private final Preparation preparation;
    private final Sessions sessions;
    private final LocalSessions localSessions;
    private final ServerFigures figures;
    private final LongSupplier wallClockMs;
    private final long origin;
    private final Envelope.Codec codec = new Envelope.Codec();
    private final Running running = new Running();
    private final Part part = new Part();
    private final Commits commits = new Commits();
    private final AskQueue asks;
    private final TreeGuard guard;
    private final Attachments attachments;
    private final ClientRequests requests;
    private final PeerInbox peers;

    /**
     * A path that waits for its history.
     *
     * @param origin tells this life of this server from all others
     */
    WritePath(
            Preparation preparation,
            Sessions sessions,
            LocalSessions localSessions,
            Admission admission,
            ServerFigures figures,
            LongSupplier wallClockMs,
            long serverId,
            long origin) {
        this.preparation = preparation;
        this.sessions = sessions;
        this.localSessions = localSessions;
        this.figures = figures;
        this.wallClockMs = wallClockMs;
        this.origin = origin;
        this.asks = new AskQueue(admission);
        this.guard = new TreeGuard(serverId, figures, wallClockMs);
        this.attachments = new Attachments(serverId, origin, running, part, sessions, asks);
        this.requests = new ClientRequests(origin, running, part, commits, sessions, asks, attachments);
        this.peers = new PeerInbox(running, part, commits, sessions, attachments, requests, guard);
    }

    /** Ends recovery: from here on requests are taken. */
    void open(ZabNode node, Publication shared) {
        running.begin(node, shared);
        commits.endRecovery(node.lastDelivered());
        sessions.recover(commits.tree());
    }

    Tree delivered() {
        return commits.tree();
    }

    /** Whether this server leads, can commit, and has a zxid to give. */
    boolean mayPropose() {
        return part.leadership() != null && running.node().mayPropose();
    }

    /** What this server is, as of the last turn. */
    RoleView role() {
        return part.role();
    }

    /** A client wants something that was let in with so many bytes. */
    void ask(Client client, Ask ask, int admittedBytes) {
        asks.add(client, ask, admittedBytes);
    }

    /** Returns whether its wish to end its session is lost with it. */
    boolean disconnected(Client client) {
        return asks.forget(client);
    }

    /** The tree as it will be; only of use to a leader. */
    Tree speculative() {
        Leadership leadership = part.leadership();
        return leadership == null ? commits.tree() : leadership.speculative();
    }

    /** Proposes what the server itself wants; only while {@link #mayPropose}. */
    void proposeInternally(Txn txn) {
        Leadership leadership = part.leadership();
        if (leadership == null) {
            throw new IllegalStateException("Only a leader proposes");
        }
        leadership.propose(0, 0, txn, null);
    }

    // ---- what the broadcast tells

    @Override
    public Loaded read(InputStream snapshot, long zxid) throws IOException {
        Loaded loaded = commits.read(snapshot, zxid);
        return () -> {
            loaded.install();
            guard.forget();
        };
    }

    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        guard.passing(zxid, commits);
        Leadership leadership = part.leadership();
        Leadership.Proposal proposal = leadership == null ? null : leadership.delivered(zxid);
        if (proposal == null) {
            deliver(zxid, codec.decode(payload));
        } else {
            commits.add(proposal);
        }
    }

    private void deliver(long zxid, Envelope envelope) {
        if (envelope.origin() != origin) {
            attachments.askedElsewhere(envelope.sessionId());
        }
        Asked asked = envelope.origin() == origin ? asks.takeForwarded(envelope.request()) : null;
        commits.add(zxid, envelope, asked);
    }

    @Override
    public SnapshotBody capture() {
        return commits.capture();
    }

    @Override
    public void roleChanged(RoleView changed) {
        part.changed(changed);
    }

    @Override
    public void requested(long fromServer, ByteBuffer payload) {
        peers.note(fromServer, payload);
    }

    @Override
    public void answered(ByteBuffer payload) {
        peers.note(part.role().leader(), payload);
    }

    @Override
    public void barrierPassed(long request, long zxid, long ordinal) {
        requests.barrierPassed(request, zxid, ordinal);
    }

    @Override
    public void barrierFailed(long request) {
        // All of them are asked for again once there is a leader.
        part.doubtLeader();
    }

    // ---- what follows from it

    /** Works on what was told and asked. Returns whether there is something new for the broadcast. */
    boolean proceed() {
        attachments.sendAwayMoved();
        boolean something = part.takeNews() && takePart();
        something |= guard.answer(running.node(), commits);
        something |= peers.work();
        return requests.work() || something;
    }

    private boolean takePart() {
        if (part.takeLoss()) {
            loseLeader();
        }
        if (!part.role().active()) {
            return false;
        }
        if (!part.role().isLeading()) {
            attachments.introduceAll();
        } else if (part.leadership() == null) {
            beginLeading();
        }
        return true;
    }

    private void loseLeader() {
        peers.clear();
        guard.forget();
        sessions.leaderLost();
        Leadership lost = part.leadership();
        requests.leaderLost(lost == null ? List.of() : lost.askedHere());
        part.endLeadership();
    }

    private void beginLeading() {
        commits.advanceTo(running.node().lastDelivered());
        var begun = new Leadership(running.node(), preparation, wallClockMs, codec, figures, commits.tree());
        sessions.beginLeading();
        attachments.introduceAll(begun.owners());
        part.begin(begun);
    }

    /** There was no leader for so long that clients had better look for another server. */
    void dropAll() {
        attachments.dropAll();
    }

    // ---- publication

    /** Shows what was delivered: events and answers in zxid order, then the tree; then what only had to wait for it. */
    void publish() {
        commits.advanceTo(running.node().lastDelivered());
        if (commits.takeInstalled()) {
            beginAnew();
        }
        if (commits.tree().zxid() != running.publishedZxid()) {
            running.publication().publish(this::completeAll, commits.tree());
            commits.published();
        }
        requests.settleBarriers();
    }

    /** Nobody can say what happened before a snapshot: clients ask again, and their watches catch up. */
    private void beginAnew() {
        attachments.dropAll();
        asks.giveUpUnderway(List.of());
        localSessions.endAll(running.publishedZxid());
        sessions.recover(commits.tree());
    }

    private void completeAll() {
        for (Commits.Commit commit : commits.unpublished()) {
            running.publication().tell(commit.applied(), commit.zxid());
            complete(commit);
        }
    }

    private void complete(Commits.Commit commit) {
        Asked asked = commit.asked();
        Client client = asked == null || asked.abandoned ? null : asked.client;
        Outbound reply = new Outbound.WriteReply(commit.zxid(), commit.txn(), commit.applied());
        switch (commit.txn()) {
            case Txn.CreateSession created -> {
                sessions.created(created, commit.zxid(), client);
                settle(asked, null);
            }
            case Txn.CloseSession closed -> {
                settle(asked, reply);
                sessions.closed(closed.id(), commit.zxid(), client);
                Leadership leadership = part.leadership();
                if (leadership != null) {
                    leadership.owners().closed(closed.id());
                }
            }
            default -> settle(asked, reply);
        }
    }

    private void settle(@Nullable Asked asked, @Nullable Outbound answer) {
        if (asked != null) {
            asks.settle(asked, answer);
        }
    }

    // ---- from time to time

    /** Has a quorum say whether this server still leads; {@link #confirmed} tells if it does. Only while {@link #mayPropose}. */
    void askIfLeading(long question) {
        requests.askIfLeading(question);
    }

    /** The newest question that was answered with yes. */
    long confirmed() {
        return requests.confirmed();
    }

    /** Tells the leader which sessions were heard of here since the last time. */
    void reportSessions() {
        attachments.reportHeard();
    }

    /** Compares the trees of all servers, if this one leads and it is time again. */
    void compareTrees(long monotonicMs) {
        guard.timeIs(monotonicMs);
        if (part.leadership() != null) {
            guard.compare(running.node());
        }
    }

    /** Takes a snapshot if the next start needs one. */
    void wrapUp(Runnable then) {
        running.node().wrapUp(then);
    }

    /** Lets another server lead, if this one does. */
    void resign() {
        running.node().resign();
    }

    /** How much waits for an answer. */
    int outstanding() {
        return asks.size();
    }
}
