package io.pando.client.connection;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told about a session, to the application by events and to people by the log. Confined to the event loop. */
final class SessionNews {
    private static final Logger LOG = LoggerFactory.getLogger(SessionNews.class);

    private final Consumer<ConnectionEvent> events;

    SessionNews(Consumer<ConnectionEvent> events) {
        this.events = events;
    }

    /** @param before whether the client had this session already */
    void attached(Session session, boolean before, boolean readOnly) {
        LOG.debug(
                "{} session {} with a timeout of {} ms",
                before ? "Returned to" : "Opened",
                session,
                session.timeout().toMillis());
        if (readOnly) {
            events.accept(new ConnectionEvent.ReadOnly(session));
        } else if (before) {
            events.accept(new ConnectionEvent.Reconnected(session));
        } else {
            events.accept(new ConnectionEvent.Connected(session));
        }
    }

    /** @param unprovenNanos for how long nothing has proven it */
    void suspended(Session session, TriedServer end, long unprovenNanos) {
        LOG.info(
                "The connection of session {} with {} is lost: {}",
                session,
                TriedServer.where(end.server()),
                end.detail());
        events.accept(new ConnectionEvent.Suspended(session, Duration.ofNanos(unprovenNanos)));
    }

    void lost(Session session, ConnectionEvent.Verdict verdict) {
        LOG.warn(
                "Session {} is lost: {}",
                session,
                verdict == ConnectionEvent.Verdict.SERVER
                        ? "the server has ended it"
                        : "nothing was answered for as long as its timeout");
        events.accept(new ConnectionEvent.Lost(session, verdict));
    }

    /** The process stood still for so long, and the session was sure to live on for so long when it woke up. */
    void paused(Session session, long stoodStillNanos, long leftNanos) {
        var paused =
                new ConnectionEvent.Paused(session, Duration.ofNanos(stoodStillNanos), Duration.ofNanos(leftNanos));
        LOG.warn(
                "This process stood still for {} ms; session {} was sure to live for {} ms more when it woke up",
                paused.stoodStill().toMillis(),
                session,
                paused.sessionLeft().toMillis());
        events.accept(paused);
    }

    void refused(Identity identity) {
        LOG.warn("The server does not accept an identity of scheme {}", identity);
        events.accept(new ConnectionEvent.IdentityRefused(identity.scheme()));
    }

    void closed() {
        events.accept(new ConnectionEvent.Closed());
    }
}
