package io.pando.client.connection;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for a server: which one is being tried, how often that came to nothing, and how long to wait before the next. Confined to the
 * event loop, but for what is marked otherwise.
 */
final class Search {
    private static final Logger LOG = LoggerFactory.getLogger(Search.class);

    private final Dialer dialer;
    private final Backoff backoff;
    private final RandomGenerator chance;
    private final Outage outage;
    private @Nullable Link attempt;
    private int failures;

    Search(Dialer dialer, Settings settings, RandomGenerator chance, long nowNanos) {
        this.dialer = dialer;
        this.backoff = settings.backoff();
        this.chance = chance;
        this.outage = new Outage(settings.connectTimeoutMs(), nowNanos);
    }

    /** From any thread. */
    List<TriedServer> tried() {
        return dialer.tried();
    }

    boolean isUnderWay() {
        return attempt != null;
    }

    boolean isTrying(Link link) {
        return link == attempt;
    }

    /** Tries the next server with this link. */
    void dial(Link link, Runnable failed) {
        attempt = link;
        dialer.dial(link, failed);
    }

    /** The connection is lost that a search had found. */
    void beginAgain(long nowNanos) {
        outage.begins(nowNanos);
    }

    /** The link that was tried has a session. */
    void found(Session session, long nowNanos) {
        attempt = null;
        failures = 0;
        dialer.moveOn();
        if (outage.wasTold()) {
            LOG.info("There is a connection again after {} ms, with session {}", outage.lastedMs(nowNanos), session);
        }
    }

    /** A server that may decide has decided, if against the session. */
    void isAnswered() {
        failures = 0;
    }

    /**
     * The link that was tried has ended without a session.
     *
     * @param isOutage whether there is no other connection meanwhile: while a server without a quorum is read from, others may be sought for
     *     ever
     */
    void failed(TriedServer end, boolean isOutage, long nowNanos) {
        attempt = null;
        dialer.learned(end);
        LOG.debug("No session with {}", end);
        if (isOutage && outage.isToBeTold(dialer.hasEveryServerFailed(), nowNanos)) {
            LOG.warn(
                    "No server opens or continues a session, for {} ms by now: {}",
                    outage.lastedMs(nowNanos),
                    dialer.tried());
        }
    }

    /** How long to wait before the next is tried, after one that failed: not at all for another address of the same. */
    long delayToNextMs() {
        return dialer.hasMoreAddresses() ? 0 : delayMs();
    }

    /** How long to wait before the next is tried, after a connection that was lost. */
    long delayMs() {
        return backoff.delayMs(failures++, chance);
    }

    /** Breaks off. */
    void end(String why) {
        Link last = attempt;
        if (last != null) {
            last.breakUp(why);
        }
        attempt = null;
    }
}
