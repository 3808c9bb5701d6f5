package io.pando.client.connection;

import java.time.Duration;

/**
 * What happens to a client's session and its connection. Told in order on the client's callback thread.
 *
 * <pre>
 *            ┌──────────────── Reconnected ────────────────┐
 *            ▼                                             │
 * Connected ───── Suspended ─────────────────── (connecting) ───── Lost ───── Connected, with a new session
 * </pre>
 *
 * {@link Closed} is the last one. {@link Paused} may come at any time.
 */
public sealed interface ConnectionEvent {
    /** There is a new session, whose requests are being answered. */
    record Connected(Session session) implements ConnectionEvent {}

    /** There is a new session with a server that has no quorum: it answers reads, from a tree that may be old. */
    record ReadOnly(Session session) implements ConnectionEvent {}

    /**
     * The connection is lost. The session and its ephemerals live on, for at most the session's timeout from the last sign of life;
     * others may already be told what was not yet told to this client.
     *
     * @param sinceSignOfLife how long ago the last request was sent that was answered, when the loss was noticed: mostly the time for
     *     which the session was idle, and after a link has fallen silent up to two thirds of the timeout
     */
    record Suspended(Session session, Duration sinceSignOfLife) implements ConnectionEvent {
        /** How long the session was sure to live on when the loss was noticed; negative when others may have seen it end already. */
        public Duration sessionLeft() {
            return session.timeout().minus(sinceSignOfLife);
        }
    }

    /** The same session goes on, on another connection. Its ephemerals are still there. */
    record Reconnected(Session session) implements ConnectionEvent {}

    /**
     * The session is over, and its ephemerals are gone or will be.
     *
     * @param verdict who says so
     */
    record Lost(Session session, Verdict verdict) implements ConnectionEvent {}

    /**
     * This process, or its machine, stood still. Nothing was sent meanwhile, and nothing that was received was noticed.
     *
     * @param stoodStill for how long at most
     * @param sessionLeft how long the session was sure to live on when the process woke up; negative when others may have seen it
     *     end already
     */
    record Paused(Session session, Duration stoodStill, Duration sessionLeft) implements ConnectionEvent {}

    /** A server did not accept an identity; the client goes on without it. */
    record IdentityRefused(String scheme) implements ConnectionEvent {}

    /** The client is closed. */
    record Closed() implements ConnectionEvent {}

    /** Who says that a session is over. */
    enum Verdict {
        /** A server did. */
        SERVER,

        /**
         * The client itself: since the last request that was answered was sent, the session's timeout has passed, so the servers
         * are free to end it. The client does not return to such a session, even if it lived on at the server; it ends it there as
         * soon as it reaches one.
         */
        TIMEOUT
    }
}
