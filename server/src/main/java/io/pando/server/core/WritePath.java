package io.pando.server.core;

import io.pando.datatree.Applied;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.TreeSnapshot;
import io.pando.server.figures.ServerFigures;
import io.pando.server.request.Preparation;
import io.pando.server.watch.Publication;
import io.pando.session.wire.MarshallingException;
import io.pando.zab.core.RoleView;
import io.pando.zab.runtime.SnapshotBody;
import io.pando.zab.runtime.StateMachine;
import io.pando.zab.runtime.ZabNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request to its published effect, on whichever server its client is attached to.
 *
 * <pre>
 *   leader:   asked ─▶ decide, propose ─▶ deliver ─▶ publish, answer
 *   follower: asked ─▶ forward ─▶ (leader decides and proposes) ─▶ deliver ─▶ publish, answer
 * </pre>
 *
 * <p>What the broadcast tells is only noted while it tells it, and worked on by {@link #proceed}. Core thread.
 */
final class WritePath implements StateMachine {
    private static final Logger log = LoggerFactory.getLogger(WritePath.class);

    private final Preparation preparation;
    private final Sessions sessions;
    private final LocalSessions localSessions;
    private final ServerFigures figures;
    private final LongSupplier wallClockMs;
    private final long serverId;
    private final long origin;
    private final Envelope.Codec codec = new Envelope.Codec();
    private final AskQueue asks;
    private final TreeGuard guard;
    private final Deque<FromServer> fromServers = new ArrayDeque<>();
    private final Deque<Passed> passed = new ArrayDeque<>();
    private final List<Delivery> deliveredUnpublished = new ArrayList<>();

    private Tree delivered = Tree.empty();
    private RoleView role = RoleView.looking();
    private boolean roleIsNews;
    private boolean leaderLost;
    private boolean installed;
    private final List<Long> movedAway = new ArrayList<>();
    private @Nullable Leadership leadership; // while this server leads and can commit
    private @Nullable ZabNode zab;
    private @Nullable Publication publication;

    /** A request of another server, or an answer of the leader's. */
    private record FromServer(long serverId, PeerWord word) {}

    /** A barrier that is confirmed, and what has to be delivered before it counts. */
    private record Passed(long request, long zxid) {}

    /**
     * A committed transaction that is not shown yet.
     *
     * @param asked by a client of this server, or null
     */
    private record Delivery(
            long zxid, Txn txn, Applied applied, @Nullable Asked asked) {}

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
        this.asks = new AskQueue(admission);
        this.figures = figures;
        this.wallClockMs = wallClockMs;
        this.serverId = serverId;
        this.origin = origin;
        this.guard = new TreeGuard(serverId, figures, wallClockMs);
    }

    /** Ends recovery: from here on requests are taken. */
    void open(ZabNode node, Publication shared) {
        zab = node;
        publication = shared;
        delivered = delivered.advancedTo(node.lastDelivered());
        sessions.recover(delivered);
        installed = false; // the snapshot that recovery began with: nobody has missed anything since
    }

    Tree delivered() {
        return delivered;
    }

    /** Whether this server leads, can commit, and has a zxid to give. */
    boolean mayPropose() {
        return leadership != null && node().mayPropose();
    }

    /** What this server is, as of the last turn. */
    RoleView role() {
        return role;
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
        return leadership == null ? delivered : leadership.speculative();
    }

    /** Proposes what the server itself wants; only while {@link #mayPropose}. */
    void proposeInternally(Txn txn) {
        if (leadership == null) {
            throw new IllegalStateException("Only a leader proposes");
        }
        leadership.propose(0, 0, txn, null);
    }

    // ---- what the broadcast tells

    @Override
    public Loaded read(InputStream snapshot, long zxid) throws IOException {
        Tree tree = TreeSnapshot.read(snapshot);
        if (Long.compareUnsigned(tree.zxid(), zxid) > 0) {
            throw new IOException("The snapshot of zxid 0x" + Long.toHexString(zxid) + " holds the tree of zxid 0x"
                    + Long.toHexString(tree.zxid()));
        }
        return () -> {
            delivered = tree.advancedTo(zxid);
            installed = true;
            guard.forget();
        };
    }

    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        guard.passing(zxid, delivered);
        Leadership.Proposal proposal = leadership == null ? null : leadership.delivered(zxid);
        if (proposal != null) {
            delivered = proposal.applied().tree();
            deliveredUnpublished.add(new Delivery(zxid, proposal.txn(), proposal.applied(), proposal.asked()));
            return;
        }
        Envelope envelope = codec.decode(payload);
        if (catchesUp() && envelope.origin() != origin && sessions.isAttached(envelope.sessionId())) {
            movedAway.add(envelope.sessionId());
        }
        Applied applied = delivered.apply(zxid, envelope.timeMs(), envelope.txn());
        delivered = applied.tree();
        if (zab != null) {
            Asked asked = envelope.origin() == origin ? asks.takeForwarded(envelope.request()) : null;
            deliveredUnpublished.add(new Delivery(zxid, envelope.txn(), applied, asked));
        }
    }

    /**
     * Whether this is of the time when nobody could tell this server which clients have moved away from it. Else the leader does; and what a
     * client that has just moved to this server has asked for elsewhere may still come.
     */
    private boolean catchesUp() {
        return !role.active() || roleIsNews;
    }

    @Override
    public SnapshotBody capture() {
        Tree held = delivered;
        return out -> TreeSnapshot.write(held, out);
    }

    @Override
    public void roleChanged(RoleView changed) {
        // A leader that begins a new epoch goes on where it was, and so do those who follow it.
        roleIsNews |= !goesOn(changed);
        role = changed;
        leaderLost |= !changed.active();
    }

    private boolean goesOn(RoleView changed) {
        return role.active() && changed.active() && changed.kind() == role.kind() && changed.leader() == role.leader();
    }

    @Override
    public void requested(long fromServer, ByteBuffer payload) {
        note(fromServer, payload);
    }

    @Override
    public void answered(ByteBuffer payload) {
        note(role.leader(), payload);
    }

    private void note(long fromServer, ByteBuffer payload) {
        try {
            PeerWord word = PeerWord.decode(payload);
            if (word instanceof PeerWord.Compare compare) {
                guard.asked(compare.zxid(), delivered);
            } else {
                fromServers.add(new FromServer(fromServer, word));
            }
        } catch (MarshallingException e) {
            log.warn("Server {} says what this server does not understand: {}", fromServer, e.getMessage());
        }
    }

    @Override
    public void barrierPassed(long request, long zxid) {
        passed.add(new Passed(request, zxid));
    }

    @Override
    public void barrierFailed(long request) {
        // All of them are asked for again once there is a leader.
        leaderLost = true;
    }

    // ---- what follows from it

    /** Works on what was told and asked. Returns whether there is something new for the broadcast. */
    boolean proceed() {
        movedAway.forEach(this::moved);
        movedAway.clear();
        boolean something = roleIsNews && takeRole();
        something |= guard.answer(node(), delivered);
        something |= workForServers();
        return workForClients() || something;
    }

    private boolean takeRole() {
        roleIsNews = false;
        if (leaderLost) {
            leaderLost = false;
            fromServers.clear();
            guard.forget();
            sessions.leaderLost();
            asks.inDoubt().forEach(this::drop);
            asks.giveUpUnderway(leadership == null ? List.of() : leadership.askedHere());
            leadership = null;
            asks.askForBarriersAgain();
        }
        if (!role.active()) {
            return false;
        }
        if (!role.isLeading()) {
            sessions.attached()
                    .forEach(session -> node().forward(PeerWord.encode(
                            new PeerWord.StillAttached(origin, session.id(), session.attachedZxid()))));
            return true;
        }
        if (leadership == null) {
            delivered = delivered.advancedTo(node().lastDelivered());
            leadership = new Leadership(node(), preparation, wallClockMs, codec, figures, delivered);
            sessions.beginLeading();
            for (Session session : sessions.attached()) {
                leadership.owners().attached(session.id(), ownHere(session.attachedZxid()));
            }
        }
        return true;
    }

    private Owners.Owner ownHere(long sinceZxid) {
        return new Owners.Owner(serverId, origin, sinceZxid);
    }

    /** The leader has to know whose requests it may take for a session. */
    private void announce(long sessionId, long zxid) {
        if (leadership == null) {
            node().forward(PeerWord.encode(new PeerWord.Attached(origin, sessionId, zxid)));
        } else {
            claimed(sessionId, ownHere(zxid), Owners::attached);
        }
    }

    private void claimed(long sessionId, Owners.Owner claimant, Owners.Claim claim) {
        if (leadership == null) {
            return;
        }
        // Whoever has just come back must not be silent for too long because the report of its server is not here yet.
        sessions.heard(List.of(sessionId));
        Owners.Owner loser = claim.settle(leadership.owners(), sessionId, claimant);
        if (loser == null) {
            return;
        }
        if (loser.serverId() == serverId) {
            moved(sessionId);
        } else {
            node().reply(loser.serverId(), PeerWord.encode(new PeerWord.Moved(sessionId)));
        }
    }

    /** The session's client is attached to another server now. */
    private void moved(long sessionId) {
        Client client = sessions.detach(sessionId);
        if (client != null) {
            sendAway(client);
        }
    }

    private void drop(Client client) {
        sessions.detach(client);
        sendAway(client);
    }

    private void sendAway(Client client) {
        asks.forget(client);
        client.send(new Outbound.Dropped(publication().root().zxid()));
    }

    /** There was no leader for so long that clients had better look for another server. */
    void dropAll() {
        asks.clients().forEach(this::drop);
        sessions.attached().forEach(session -> moved(session.id()));
    }

    private boolean workForServers() {
        boolean something = !fromServers.isEmpty();
        while (!fromServers.isEmpty()) {
            FromServer next = fromServers.element();
            if (isForLeader(next.word()) && leadership != null && !node().mayPropose()) {
                return false; // a new epoch is about to begin
            }
            fromServers.remove();
            take(next);
        }
        return something;
    }

    private static boolean isForLeader(PeerWord word) {
        return word instanceof PeerWord.Write || word instanceof PeerWord.Begin;
    }

    private void take(FromServer from) {
        switch (from.word()) {
            case PeerWord.Write write -> decide(from.serverId(), write);
            case PeerWord.Begin begin -> {
                if (leadership != null) {
                    var owner = new Owners.Owner(from.serverId(), begin.origin(), node().nextZxid());
                    leadership.owners().attached(begin.txn().id(), owner);
                    leadership.propose(begin.origin(), begin.request(), begin.txn(), null);
                }
            }
            case PeerWord.Attached word ->
                claimed(
                        word.sessionId(),
                        new Owners.Owner(from.serverId(), word.origin(), word.sinceZxid()),
                        Owners::attached);
            case PeerWord.StillAttached word ->
                claimed(
                        word.sessionId(),
                        new Owners.Owner(from.serverId(), word.origin(), word.sinceZxid()),
                        Owners::stillAttached);
            case PeerWord.Heard heard -> sessions.heard(heard.sessionIds());
            case PeerWord.Refused refused -> {
                Asked asked = asks.takeForwarded(refused.request());
                if (asked != null) {
                    refuse(asked, refused.code());
                }
            }
            case PeerWord.Moved word -> moved(word.sessionId());
            case PeerWord.Compare word -> {} // noted when it came
            case PeerWord.Fingerprint word -> guard.answered(from.serverId(), word, node());
            case PeerWord.Outvoted word -> guard.outvoted(word, node(), delivered);
            case PeerWord.Disputed word -> guard.disputed(word, node());
        }
    }

    private void decide(long fromServer, PeerWord.Write write) {
        if (leadership == null) {
            return; // its client is told by the loss of the leader
        }
        ErrorCode flaw =
                node().writable() ? leadership.flawOf(write.ask().sessionId(), write.origin()) : ErrorCode.SYSTEM_ERROR;
        if (flaw == null) {
            leadership.decide(write.origin(), write.request(), write.ask(), null);
        } else {
            node().reply(fromServer, PeerWord.encode(new PeerWord.Refused(write.request(), flaw)));
        }
    }

    private void refuse(Asked asked, ErrorCode code) {
        if (asked.ask instanceof Ask.Write write && write.endsSession()) {
            sessions.goesOn(write.sessionId()); // here as well, if its client has moved: it may come back
        }
        if (code == ErrorCode.SYSTEM_ERROR) {
            asks.settle(asked, new Outbound.Refused(delivered, code));
        } else {
            asks.giveUp(asked);
            drop(asked.client); // the session is over, or elsewhere
        }
    }

    private boolean workForClients() {
        boolean something = false;
        for (Asked asked = asks.next(); asked != null && role.active(); asked = asks.next()) {
            if (leadership != null && !node().mayPropose()) {
                return something;
            }
            something = true;
            send(asked);
        }
        return something;
    }

    private void send(Asked asked) {
        switch (asked.ask) {
            case Ask.Return wish -> askForBarrier(asked);
            case Ask.Sync wish -> askForBarrier(asked);
            case Ask.Write write -> {
                if (leadership == null) {
                    forward(new PeerWord.Write(origin, asked.request, write));
                } else {
                    decideOwn(leadership, asked, write);
                }
            }
            case Ask.Begin begin -> {
                if (leadership == null) {
                    forward(new PeerWord.Begin(origin, asked.request, begin.txn()));
                } else {
                    asks.proposed();
                    leadership.owners().attached(begin.txn().id(), ownHere(node().nextZxid()));
                    leadership.propose(origin, asked.request, begin.txn(), asked);
                }
            }
        }
    }

    private void askForBarrier(Asked asked) {
        asks.barred();
        node().barrier(asked.request);
    }

    private void forward(PeerWord word) {
        asks.forwarded();
        node().forward(PeerWord.encode(word));
    }

    private void decideOwn(Leadership leading, Asked asked, Ask.Write write) {
        asks.proposed();
        ErrorCode flaw = node().writable() ? leading.flawOf(write.sessionId(), origin) : ErrorCode.SYSTEM_ERROR;
        if (flaw == null) {
            leading.decide(origin, asked.request, write, asked);
        } else {
            refuse(asked, flaw);
        }
    }

    // ---- publication

    /** Shows what was delivered: events and answers in zxid order, then the tree; then what only had to wait for it. */
    void publish() {
        Tree next = delivered.advancedTo(node().lastDelivered());
        delivered = next;
        if (installed) {
            installed = false;
            // Nobody can say what happened in between: clients ask again, and their watches catch up.
            dropAll();
            asks.giveUpUnderway(List.of());
            localSessions.endAll(publication().root().zxid());
            sessions.recover(next);
        }
        if (next.zxid() != publication().root().zxid()) {
            publication().publish(this::completeAll, next);
            deliveredUnpublished.clear();
        }
        settleBarriers();
    }

    private void completeAll() {
        for (Delivery delivery : deliveredUnpublished) {
            publication().tell(delivery.applied(), delivery.zxid());
            complete(delivery);
        }
    }

    private void complete(Delivery delivery) {
        Asked asked = delivery.asked();
        Client client = asked == null || asked.abandoned ? null : asked.client;
        Outbound reply = new Outbound.WriteReply(delivery.zxid(), delivery.txn(), delivery.applied());
        switch (delivery.txn()) {
            case Txn.CreateSession created -> {
                sessions.created(created, delivery.zxid(), client);
                settle(asked, null);
            }
            case Txn.CloseSession closed -> {
                settle(asked, reply);
                sessions.closed(closed.id(), delivery.zxid(), client);
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

    private void settleBarriers() {
        while (!passed.isEmpty() && Long.compareUnsigned(passed.element().zxid(), node().lastDelivered()) <= 0) {
            Asked asked = asks.takeBarred(passed.remove().request());
            if (asked != null) {
                settleBarrier(asked);
            }
        }
    }

    private void settleBarrier(Asked asked) {
        switch (asked.ask) {
            case Ask.Sync sync -> asks.settle(asked, new Outbound.Synced(delivered));
            case Ask.Return wish -> {
                asks.settle(asked, null);
                if (sessions.reattach(
                        asked.client, wish.request(), publication().root())) {
                    announce(wish.request().sessionId(), publication().root().zxid());
                }
            }
            case Ask.Write write -> throw new IllegalStateException("A write that waits for a barrier");
            case Ask.Begin begin -> throw new IllegalStateException("A new session that waits for a barrier");
        }
    }

    // ---- heartbeats of sessions

    /** Tells the leader which sessions were heard of here since the last time. */
    void reportSessions() {
        if (role.active() && leadership == null) {
            List<Long> heard = sessions.takeHeard();
            if (!heard.isEmpty()) {
                node().forward(PeerWord.encode(new PeerWord.Heard(heard)));
            }
        }
    }

    /** Compares the trees of all servers, if this one leads and it is time again. */
    void compareTrees(long monotonicMs) {
        guard.timeIs(monotonicMs);
        if (leadership != null) {
            guard.compare(node());
        }
    }

    /** Lets another server lead, if this one does. */
    void resign() {
        node().resign();
    }

    /** How much waits for an answer. */
    int outstanding() {
        return asks.size();
    }

    private ZabNode node() {
        if (zab == null) {
            throw new IllegalStateException("Still recovering");
        }
        return zab;
    }

    private Publication publication() {
        if (publication == null) {
            throw new IllegalStateException("Still recovering");
        }
        return publication;
    }
}
