package io.pando.server.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Which clients this server has, as against other servers: it tells the leader whom it has, and sends away whoever is somewhere else now;
 * as the leader, it settles who has whom ({@link Owners}). Core thread.
 */
final class Attachments {
    private final long serverId;
    private final long origin;
    private final Running running;
    private final Part part;
    private final Sessions sessions;
    private final AskQueue asks;
    private final List<Long> movedAway = new ArrayList<>();

    /** @param origin tells this life of this server from all others */
    Attachments(long serverId, long origin, Running running, Part part, Sessions sessions, AskQueue asks) {
        this.serverId = serverId;
        this.origin = origin;
        this.running = running;
        this.part = part;
        this.sessions = sessions;
        this.asks = asks;
    }

    // ---- whom this server has

    /** What a leader remembers of a client that is attached here. */
    private Owners.Owner here(long ordinal) {
        return new Owners.Owner(serverId, origin, ordinal);
    }

    /** The same of one whose session is created by this txn. */
    Owners.Owner beginsHere(long zxid) {
        return here(Owners.ordinalOfCreation(zxid));
    }

    /** A client has attached itself here: the leader has to know whose requests it may take for the session. */
    void attached(long sessionId, long ordinal) {
        if (part.leadership() == null) {
            tellLeader(new PeerWord.Attached(origin, sessionId, ordinal));
        } else {
            claimed(sessionId, here(ordinal));
        }
    }

    /** There is a new leader: it has to know all that are attached. */
    void introduceAll() {
        for (Session session : sessions.attached()) {
            tellLeader(new PeerWord.Attached(origin, session.id(), session.attachment()));
        }
    }

    /** The same, if this server itself is the leader. */
    void introduceAll(Owners owners) {
        for (Session session : sessions.attached()) {
            owners.claimed(session.id(), here(session.attachment()));
        }
    }

    /** Tells the leader which sessions were heard of here since the last time. */
    void reportHeard() {
        if (part.role().active() && part.leadership() == null) {
            List<Long> heard = sessions.takeHeard();
            if (!heard.isEmpty()) {
                tellLeader(new PeerWord.Heard(heard));
            }
        }
    }

    private void tellLeader(PeerWord word) {
        running.node().forward(PeerWord.encode(word));
    }

    // ---- whom others have

    /** A leader hears that a server has a session's client. */
    void claimed(long sessionId, Owners.Owner claimant) {
        Leadership leadership = part.leadership();
        if (leadership == null) {
            return;
        }
        // Whoever has just come back must not be silent for too long because the report of its server is not here yet.
        sessions.heard(List.of(sessionId));
        Owners.Owner loser = leadership.owners().claimed(sessionId, claimant);
        if (loser == null) {
            return;
        }
        if (loser.serverId() == serverId) {
            moved(sessionId);
        } else {
            running.node().reply(loser.serverId(), PeerWord.encode(new PeerWord.Moved(sessionId)));
        }
    }

    /** A request of a session is delivered, and did not come through this server. */
    void askedElsewhere(long sessionId) {
        if (part.catchesUp() && sessions.isAttached(sessionId)) {
            movedAway.add(sessionId);
        }
    }

    /** Sends away the clients that have asked elsewhere while this server could not be told. */
    void sendAwayMoved() {
        movedAway.forEach(this::moved);
        movedAway.clear();
    }

    /** The session's client is attached to another server now. */
    void moved(long sessionId) {
        Client client = sessions.detach(sessionId);
        if (client != null) {
            sendAway(client);
        }
    }

    /** The client has to connect anew, here or elsewhere. */
    void drop(Client client) {
        sessions.detach(client);
        sendAway(client);
    }

    /** The same for all of them. */
    void dropAll() {
        asks.clients().forEach(this::drop);
        sessions.attached().forEach(session -> moved(session.id()));
    }

    private void sendAway(Client client) {
        asks.forget(client);
        client.send(new Outbound.Dropped(running.publishedZxid()));
    }
}
