package io.pando.client.connection;

import io.pando.session.ConnectRequest;
import org.jspecify.annotations.Nullable;

/**
 * The session that the client has, how it stands with it, and what it asks the next server for. Changed by the event loop that owns the
 * session; any thread may look.
 */
final class HeldSession {
    static final byte[] NO_PASSWORD = new byte[16];

    private final Settings settings;
    private final Liveness liveness;

    // Written by the loop, read by callers.
    private volatile @Nullable Session session;
    private volatile ConnectionState state = ConnectionState.CONNECTING;

    private @Nullable Session givenUp; // the loop's

    HeldSession(Settings settings, Liveness liveness) {
        this.settings = settings;
        this.liveness = liveness;
        this.session = settings.takeover();
    }

    /** From any thread. */
    @Nullable
    Session session() {
        return session;
    }

    /** From any thread. */
    ConnectionState state() {
        return state;
    }

    /** From any thread. Not positive when the session may be over, or there is none. */
    long leftNanos() {
        // A session that is to be taken over has proven nothing before a server has accepted it.
        return state == ConnectionState.CONNECTING || state == ConnectionState.CLOSED
                ? 0
                : liveness.sessionLeftNanos(System.nanoTime());
    }

    /** Its number for those who ask what became of a request; 0 without one. */
    long id() {
        Session current = session;
        return current == null ? 0 : current.id();
    }

    boolean isReadOnly() {
        return state == ConnectionState.READ_ONLY;
    }

    boolean isClosed() {
        return state == ConnectionState.CLOSED;
    }

    /**
     * What the next server is asked for.
     *
     * @param lastZxid the newest that the client has seen
     * @param readOnlyToo whether a server without a quorum is good enough
     */
    ConnectRequest wish(long lastZxid, boolean readOnlyToo) {
        Session wanted = givenUp != null ? givenUp : session;
        if (isReadOnly()) {
            // The session with a server that only reads is its own; no other knows it.
            wanted = null;
        }
        return new ConnectRequest(
                0,
                lastZxid,
                settings.sessionTimeoutMs(),
                wanted == null ? 0 : wanted.id(),
                wanted == null ? NO_PASSWORD : wanted.password(),
                readOnlyToo && givenUp == null,
                true);
    }

    /** A server has accepted it. */
    void attached(Session accepted, boolean readOnly) {
        session = accepted;
        state = readOnly ? ConnectionState.READ_ONLY : ConnectionState.CONNECTED;
    }

    /** There is a better server than the one that only reads; its session ends with the connection. */
    void leaveReadOnlyServer() {
        session = null;
    }

    void connectionLost() {
        boolean temporary = isReadOnly();
        session = temporary ? null : session;
        state = temporary ? ConnectionState.CONNECTING : ConnectionState.SUSPENDED;
    }

    void lost() {
        session = null;
        state = ConnectionState.CONNECTING;
    }

    /** A server may still keep the session that was lost: it is asked to end it before another is opened. */
    void giveUp(Session lost) {
        givenUp = lost;
    }

    /** Whether this is the session that was given up, which nobody asks for again then. */
    boolean takeGivenUp(long sessionId) {
        Session lost = givenUp;
        if (lost == null || lost.id() != sessionId) {
            return false;
        }
        givenUp = null;
        return true;
    }

    void closed() {
        state = ConnectionState.CLOSED;
    }
}
