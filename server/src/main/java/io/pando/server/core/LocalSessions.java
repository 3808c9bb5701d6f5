package io.pando.server.core;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Password;
import io.pando.datatree.Tree;
import io.pando.session.ConnectRequest;
import io.pando.session.WriteRequest;
import io.pando.session.lifetime.ExpiryWheel;
import io.pando.session.lifetime.SessionIds;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of clients that are content to read from this server while it is cut off from the others. Nobody else knows them, and
 * they end when this server has a leader again, so that their clients connect anew and may write ({@code wire-protocol.md} section 18).
 *
 * <p>Here no session of the ensemble is taken up again: whether it still lives, only a leader knows. Core thread.
 */
final class LocalSessions {
    /** Of the attachment to a session that other servers are never told of. */
    private static final long NO_ORDINAL = 0;

    private final SessionLimits limits;
    private final SessionIds ids;
    private final RandomGenerator secrets;
    private final ExpiryWheel<Session> wheel;
    private final Map<Long, Local> byId = new ConcurrentHashMap<>(); // changed by the core thread, counted by any

    private record Local(Session session, Password password) {}

    LocalSessions(SessionLimits limits, SessionIds ids, RandomGenerator secrets) {
        this.limits = limits;
        this.ids = ids;
        this.secrets = secrets;
        this.wheel = new ExpiryWheel<>(limits.tickMs());
    }

    /** How many there are. Any thread. */
    int count() {
        return byId.size();
    }

    /**
     * A client wants a session. Who is not content to read, or wants a session that it had elsewhere, is sent away without a word: another
     * server may have what it wants.
     *
     * @param zxid of the newest published tree
     */
    void attach(Client client, ConnectRequest request, long zxid, long nowMs) {
        Local local = request.readOnly() ? sessionFor(request, nowMs) : null;
        if (local == null) {
            client.send(new Outbound.Dropped(zxid));
            return;
        }
        Session session = local.session();
        Client before = session.client();
        if (before != null && !before.equals(client)) {
            before.send(new Outbound.Dropped(zxid));
        }
        session.attach(client, limits.negotiated(request.timeoutMs()), NO_ORDINAL);
        session.heardAt(nowMs);
        wheel.put(session);
        client.send(new Outbound.Attached(zxid, session, local.password()));
    }

    private @Nullable Local sessionFor(ConnectRequest request, long nowMs) {
        if (request.sessionId() == 0) {
            Session begun = Session.local(ids.next(), limits.negotiated(request.timeoutMs()), nowMs);
            Local local = new Local(begun, Password.random(secrets));
            byId.put(begun.id(), local);
            return local;
        }
        Local known = byId.get(request.sessionId());
        return known != null && known.password().isProvenBy(request.password()) ? known : null;
    }

    /** Answers what only a leader could grant. A session of this server's own can be ended here, of course. */
    void answer(Client client, Session session, WriteRequest request, Tree published) {
        if (request instanceof WriteRequest.CloseSession) {
            byId.remove(session.id());
            wheel.remove(session);
            session.detach(client);
            client.send(new Outbound.Ended(published));
        } else {
            refuse(client, published);
        }
    }

    static void refuse(Client client, Tree published) {
        client.send(new Outbound.Refused(published, ErrorCode.NOT_READ_ONLY));
    }

    /** Ends those that were silent for their whole timeout. */
    void expire(long zxid, long nowMs) {
        for (Session silent : wheel.expire(nowMs)) {
            byId.remove(silent.id());
            drop(silent, zxid);
        }
    }

    /** This server is not cut off any more, or what it shows has changed by more than events can tell. */
    void endAll(long zxid) {
        for (Local local : byId.values()) {
            wheel.remove(local.session());
            drop(local.session(), zxid);
        }
        byId.clear();
    }

    private static void drop(Session session, long zxid) {
        Client client = session.client();
        if (client != null) {
            session.detach(client);
            client.send(new Outbound.Dropped(zxid));
        }
    }
}
