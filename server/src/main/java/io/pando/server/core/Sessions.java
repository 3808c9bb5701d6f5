package io.pando.server.core;

import io.pando.datatree.Password;
import io.pando.datatree.SessionState;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.ConnectRequest;
import io.pando.session.lifetime.SessionIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions of this server: who is attached to which, and which have been silent for too long.
 *
 * <p>Sessions begin and end by committed transactions; what is kept here follows them. Core thread.
 */
final class Sessions {
    private final SessionLimits limits;
    private final SessionIds ids;
    private final RandomGenerator secrets;
    private final Expiry expiry;
    private final Map<Long, Session> byId = new ConcurrentHashMap<>(); // changed by the core thread, listed by any
    private long nowMs;

    Sessions(SessionLimits limits, Ticks ticks, SessionIds ids, RandomGenerator secrets) {
        this.limits = limits;
        this.expiry = new Expiry(limits.tickMs(), ticks);
        this.ids = ids;
        this.secrets = secrets;
    }

    /** All that are alive. Any thread. */
    Collection<Session> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** From now on ticks are due. */
    void begin(long monotonicMs) {
        timeIs(monotonicMs);
        expiry.begin(monotonicMs);
    }

    /** Tells what time it is, in milliseconds of the monotonic clock, for all that follows. */
    void timeIs(long monotonicMs) {
        nowMs = monotonicMs;
    }

    /** Takes over the sessions of a tree; each has its full timeout again. */
    void recover(Tree tree) {
        expiry.takeBackQuestions();
        byId.values().forEach(expiry::forget);
        byId.clear();
        tree.forEachSession(state -> track(Session.replicated(state.id(), state.timeoutMs(), nowMs)));
    }

    /** From now on it is this server that ends sessions: nobody is to suffer for the time without a leader. */
    void beginLeading() {
        begin(nowMs);
        for (Session session : byId.values()) {
            session.heardAt(nowMs);
            session.staysOpen();
            expiry.watch(session);
        }
    }

    /** Whose end was proposed may live on: nobody knows what becomes of that. */
    void leaderLost() {
        expiry.takeBackQuestions();
        byId.values().forEach(Session::staysOpen);
    }

    /** Those that a client of this server holds. */
    List<Session> attached() {
        return byId.values().stream()
                .filter(session -> session.client() != null)
                .toList();
    }

    /** Whether a client of this server holds it. */
    boolean isAttached(long id) {
        Session session = byId.get(id);
        return session != null && session.client() != null;
    }

    /** Another server has heard of these. */
    void heard(List<Long> ids) {
        for (long id : ids) {
            Session session = byId.get(id);
            if (session != null) {
                session.heardAt(nowMs);
            }
        }
    }

    /** Those attached here that were heard of since the last time. */
    List<Long> takeHeard() {
        List<Long> heard = new ArrayList<>();
        for (Session session : byId.values()) {
            if (session.client() != null && session.isNews()) {
                heard.add(session.id());
            }
        }
        return heard;
    }

    /** The session is not this server's any more. Returns whose it was, or null. */
    @Nullable
    Client detach(long id) {
        Session session = byId.get(id);
        Client client = session == null ? null : session.client();
        if (session != null && client != null) {
            session.detach(client);
            session.staysOpen();
        }
        return client;
    }

    /** The client is about to lose its connection; its session lives on. */
    void detach(Client client) {
        byId.values().forEach(session -> {
            if (session.belongsTo(client)) {
                session.detach(client);
                session.staysOpen();
            }
        });
    }

    private void track(Session session) {
        byId.put(session.id(), session);
        expiry.watch(session);
    }

    /** The transaction that begins the session a client asks for; {@code tree} knows which ids are taken. */
    Txn.CreateSession begin(ConnectRequest request, Tree tree) {
        long id = ids.next();
        while (tree.session(id) != null) { // the wall clock, which ids start from, may have been set back
            id = ids.next();
        }
        return new Txn.CreateSession(id, limits.negotiated(request.timeoutMs()), Password.random(secrets));
    }

    /** A session's creation has committed: it belongs to the client that asked for it. */
    void created(Txn.CreateSession txn, long zxid, @Nullable Client client) {
        Session session = Session.replicated(txn.id(), txn.timeoutMs(), nowMs);
        if (client != null) {
            session.attach(client, txn.timeoutMs(), Owners.ordinalOfCreation(zxid));
            client.send(new Outbound.Attached(zxid, session, txn.password()));
        }
        track(session);
    }

    /**
     * A client is back and wants the session it had. The password is looked at before anything else happens, so that
     * nobody can disturb a session by knowing its id.
     *
     * @param tree the newest published tree, which knows the password
     * @param ordinal of the barrier that it has waited for
     * @return whether it has it
     */
    boolean reattach(Client client, ConnectRequest request, Tree tree, long ordinal) {
        Session session = byId.get(request.sessionId());
        SessionState state = tree.session(request.sessionId());
        if (session == null
                || state == null
                || session.isClosing()
                || !state.password().isProvenBy(request.password())) {
            client.send(new Outbound.Rejected(tree.zxid()));
            return false;
        }
        Client before = session.client();
        if (before != null && !before.equals(client)) {
            before.send(new Outbound.Dropped(tree.zxid()));
        }
        session.attach(client, limits.negotiated(request.timeoutMs()), ordinal);
        session.heardAt(nowMs);
        expiry.watch(session);
        client.send(new Outbound.Attached(tree.zxid(), session, state.password()));
        return true;
    }

    /** A session's close has committed: whoever is attached and did not ask for it is dropped without a word. */
    void closed(long id, long zxid, @Nullable Client asker) {
        Session session = byId.remove(id);
        if (session == null) {
            return;
        }
        expiry.forget(session);
        Client attached = session.client();
        if (attached != null && !attached.equals(asker)) {
            attached.send(new Outbound.Dropped(zxid));
        }
    }

    /**
     * Looks at the clock.
     *
     * @return whether the time of some sessions is up: a quorum is to be asked the {@link #question}
     */
    boolean tick(long monotonicMs) {
        timeIs(monotonicMs);
        return expiry.tick(monotonicMs);
    }

    /** The number of the newest question whether this server leads, on which ends of sessions wait. */
    long question() {
        return expiry.question();
    }

    /** The end that a session's client has asked for was refused: it may ask again, or fall silent. */
    void goesOn(long id) {
        Session session = byId.get(id);
        if (session != null) {
            session.staysOpen();
        }
    }

    /** The end of a session that was told to be silent can't be proposed now: it is asked about again after the next tick. */
    void postponeEnd(Session session) {
        session.staysOpen();
        expiry.watch(session);
    }

    /** Has a session end as if it had been silent; its close is to be proposed now. Null if there is none, or it ends already. */
    @Nullable
    Session expire(long id) {
        Session session = byId.get(id);
        if (session == null || session.isClosing()) {
            return null;
        }
        session.beginClosing();
        return session;
    }

    /**
     * Those that were silent for their whole timeout, and of which nothing was heard until a quorum confirmed that this server led when
     * that was over; their close is to be proposed now.
     *
     * @param answered the number of the newest question that a quorum has answered with yes
     */
    List<Session> takeSilent(long answered) {
        List<Session> silent = expiry.takeSilent(answered);
        silent.forEach(Session::beginClosing);
        return silent;
    }
}
