package io.pando.client.connection;

import io.netty.channel.EventLoop;
import io.pando.client.loop.Callbacks;
import io.pando.client.watch.OneShot;
import io.pando.datatree.ErrorCode;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.WatchEvent;
import io.pando.session.WriteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a session: finds servers, returns to the session when a connection breaks, opens another when it is lost, ends it,
 * and tells all that. Confined to the event loop that owns the session, but for what is marked otherwise; the {@link SessionKeeper}
 * brings it what callers want.
 */
final class SessionLife {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLife.class);
    private static final long FIRST_LOOKING_MS = 100;
    private static final long MOST_LOOKING_MS = 60_000;
    private static final byte[] NO_PASSWORD = new byte[16];

    private final EventLoop loop;
    private final Settings settings;
    private final Callbacks callbacks;
    private final Consumer<ConnectionEvent> events;
    private final RandomGenerator chance;
    private final Runnable readInbox;
    private final Runnable closeInbox;
    private final CompletableFuture<Void> closed;
    private final Dialer dialer;
    private final Requests requests;
    private final Liveness liveness;
    private final Outage outage;
    private final Watching watching = new Watching(this::enter);
    private final List<Introduction> introductions = new ArrayList<>();
    private final List<CompletableFuture<Session>> awaitingSession = new ArrayList<>();

    // Written by the loop, read by callers.
    private volatile @Nullable Session session;
    private volatile ConnectionState state = ConnectionState.CONNECTING;

    private @Nullable Link link;
    private @Nullable Link attempt;
    private @Nullable Session givenUp;
    private long lastZxid;
    private int failures;
    private boolean closing;

    /**
     * A session that is not begun.
     *
     * @param readInbox run when everything that callers have left there by now has to be carried out
     * @param closeInbox run when nothing more is taken; what callers had left there finds a client that is closed
     * @param closed completed behind all that is told
     */
    SessionLife(
            EventLoop loop,
            Executor mayBlock,
            Settings settings,
            Callbacks callbacks,
            RandomGenerator chance,
            Consumer<ConnectionEvent> events,
            Runnable readInbox,
            Runnable closeInbox,
            CompletableFuture<Void> closed) {
        this.loop = loop;
        this.settings = settings;
        this.callbacks = callbacks;
        this.chance = chance;
        this.events = events;
        this.readInbox = readInbox;
        this.closeInbox = closeInbox;
        this.closed = closed;
        this.dialer = new Dialer(loop, mayBlock, settings, chance);
        this.requests = new Requests(TimeUnit.MILLISECONDS.toNanos(settings.requestTimeoutMs()));
        long now = System.nanoTime();
        this.liveness = new Liveness(TimeUnit.MILLISECONDS.toNanos(settings.sessionTimeoutMs()), now);
        this.outage = new Outage(settings.connectTimeoutMs(), now);
        this.session = settings.takeover();
        settings.identities().forEach(identity -> introductions.add(new Introduction(identity)));
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
    long sessionLeftNanos() {
        // A session that is to be taken over has proven nothing before a server has accepted it.
        return state == ConnectionState.CONNECTING || state == ConnectionState.CLOSED
                ? 0
                : liveness.sessionLeftNanos(System.nanoTime());
    }

    /** From any thread. */
    List<TriedServer> tried() {
        return dialer.tried();
    }

    // ---- what callers want

    void begin() {
        dial(settings.readOnlyAllowed());
        scheduleBeat();
    }

    Watching watching() {
        return watching;
    }

    /** Whether a server could be told to forget a watch; if not, it is forgotten with the connection. */
    boolean isAttached() {
        return link != null && !closing;
    }

    void introduce(Introduction introduction) {
        introductions.add(introduction);
        if (link != null) {
            link.introduce(introduction);
        }
    }

    void awaitSession(CompletableFuture<Session> future) {
        Session current = session;
        if (link != null && current != null) {
            future.complete(current);
        } else {
            awaitingSession.add(future);
        }
    }

    /** Ends the client, and the session too if that is wished and there is a connection. */
    void close(boolean endSession) {
        if (closing) {
            return;
        }
        closing = true;
        requests.refuseWaiting();
        if (endSession && link != null) {
            endSession();
        } else {
            finish();
        }
    }

    void enter(Ask ask) {
        if (closing) {
            ask.settle(new Outcome.Nothing(Outcome.Why.CLOSED));
        } else {
            requests.add(ask, System.nanoTime());
        }
    }

    void pump() {
        if (link != null && requests.hasWaiting()) {
            link.pump(lastZxid, System.nanoTime());
        }
    }

    /** @param readOnlyToo whether a server without a quorum is good enough */
    private void dial(boolean readOnlyToo) {
        if (closing) {
            return;
        }
        Session wanted = givenUp != null ? givenUp : session;
        if (state == ConnectionState.READ_ONLY) {
            // The session with a server that only reads is its own; no other knows it.
            wanted = null;
        }
        ConnectRequest hello = new ConnectRequest(
                0,
                lastZxid,
                settings.sessionTimeoutMs(),
                wanted == null ? 0 : wanted.id(),
                wanted == null ? NO_PASSWORD : wanted.password(),
                readOnlyToo && givenUp == null,
                true);
        Link dialed = new Link(this, requests, hello, settings);
        attempt = dialed;
        dialer.dial(dialed, () -> broken(dialed));
    }

    void welcome(Link welcomed, ConnectResponse response, long askedNanos) {
        if (welcomed != attempt) {
            welcomed.breakUp("too late");
            return;
        }
        long asked = welcomed.askedSessionId();
        boolean accepted = response.timeoutMs() > 0;
        if (givenUp != null && asked == givenUp.id()) {
            givenUp = null;
            failures = 0;
            if (accepted) {
                welcomed.sayGoodbye();
                loop.schedule(
                        () -> welcomed.breakUp("no word on the end of a session"),
                        settings.connectTimeoutMs(),
                        TimeUnit.MILLISECONDS);
            } else {
                welcomed.breakUp("the session that was given up has ended");
            }
        } else if (accepted) {
            leaveReadOnlyServer();
            attach(welcomed, response, askedNanos);
        } else if (asked == 0) {
            welcomed.breakUp(TriedServer.Problem.NOT_SERVING, "it opens no new session");
        } else {
            failures = 0;
            lose(ConnectionEvent.Verdict.SERVER);
            welcomed.breakUp("the session has ended");
        }
    }

    /** Something better was found: reads that are under way there are asked again here. */
    private void leaveReadOnlyServer() {
        Link old = link;
        Session temporary = session;
        if (old != null && temporary != null) {
            link = null;
            session = null;
            requests.connectionLost(temporary.id());
            old.breakUp("there is a server with a quorum");
        }
    }

    private void lookForQuorumLater(long delayMs) {
        Link reading = link;
        loop.schedule(
                () -> {
                    if (reading == link && !closing) {
                        if (attempt == null) {
                            dial(false);
                        }
                        lookForQuorumLater(Math.min(2 * delayMs, MOST_LOOKING_MS));
                    }
                },
                delayMs,
                TimeUnit.MILLISECONDS);
    }

    private void attach(Link welcomed, ConnectResponse response, long askedNanos) {
        attempt = null;
        failures = 0;
        dialer.moveOn();
        long now = System.nanoTime();
        boolean sameSession = session != null;
        byte[] password = response.password();
        Session current = new Session(
                response.sessionId(),
                password == null ? NO_PASSWORD : password,
                Duration.ofMillis(response.timeoutMs()));
        liveness.attached(TimeUnit.MILLISECONDS.toNanos(response.timeoutMs()), askedNanos, now);
        session = current;
        link = welcomed;
        introductions.forEach(welcomed::introduce);
        watching.connected(welcomed, lastZxid);
        state = response.readOnly() ? ConnectionState.READ_ONLY : ConnectionState.CONNECTED;
        LOG.debug(
                "{} session {} with a timeout of {} ms",
                sameSession ? "Returned to" : "Opened",
                current,
                response.timeoutMs());
        if (outage.wasTold()) {
            LOG.info("There is a connection again after {} ms, with session {}", outage.lastedMs(now), current);
        }
        if (response.readOnly()) {
            lookForQuorumLater(FIRST_LOOKING_MS);
            tell(new ConnectionEvent.ReadOnly(current));
        } else if (sameSession) {
            tell(new ConnectionEvent.Reconnected(current));
        } else {
            tell(new ConnectionEvent.Connected(current));
        }
        watching.tellGap();
        awaitingSession.forEach(future -> future.complete(current));
        awaitingSession.clear();
        pump();
    }

    /** A connection ended, or could not be made. */
    void broken(Link broken) {
        if (broken == attempt) {
            attempt = null;
            TriedServer end = broken.end();
            dialer.learned(end);
            LOG.debug("No session with {}", end);
            // While a server without a quorum is read from, others may be sought for ever.
            if (link == null && outage.isToBeTold(dialer.hasEveryServerFailed(), System.nanoTime())) {
                LOG.warn(
                        "No server opens or continues a session, for {} ms by now: {}",
                        outage.lastedMs(System.nanoTime()),
                        dialer.tried());
            }
            boolean otherAddress = dialer.hasMoreAddresses();
            dialLater(otherAddress ? 0 : settings.backoff().delayMs(failures++, chance));
        } else if (broken == link) {
            long now = System.nanoTime();
            outage.begins(now);
            link = null;
            Session current = session;
            if (current != null) {
                boolean temporary = state == ConnectionState.READ_ONLY;
                session = temporary ? null : current;
                state = temporary ? ConnectionState.CONNECTING : ConnectionState.SUSPENDED;
                TriedServer end = broken.end();
                LOG.info(
                        "The connection of session {} with {} is lost: {}",
                        current,
                        TriedServer.where(end.server()),
                        end.detail());
                tell(new ConnectionEvent.Suspended(current, Duration.ofNanos(liveness.unprovenNanos(now))));
                watching.tellSuspended();
                requests.connectionLost(current.id());
            }
            if (closing) {
                finish();
            } else {
                dialLater(settings.backoff().delayMs(failures++, chance));
            }
        }
    }

    private void dialLater(long delayMs) {
        if (!closing) {
            loop.schedule(
                    () -> {
                        if (link == null && attempt == null) {
                            dial(settings.readOnlyAllowed());
                        }
                    },
                    delayMs,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void lose(ConnectionEvent.Verdict verdict) {
        // What was asked before the loss is known was meant for this session, not for the next.
        readInbox.run();
        Session over = session;
        if (over == null || state == ConnectionState.CLOSED) {
            return;
        }
        session = null;
        state = ConnectionState.CONNECTING;
        LOG.warn(
                "Session {} is lost: {}",
                over,
                verdict == ConnectionEvent.Verdict.SERVER
                        ? "the server has ended it"
                        : "nothing was answered for as long as its timeout");
        tell(new ConnectionEvent.Lost(over, verdict));
        requests.sessionLost();
        if (!settings.newSessionAfterLoss()) {
            closing = true;
            finish();
        } else if (verdict == ConnectionEvent.Verdict.TIMEOUT) {
            givenUp = over;
        }
    }

    private void endSession() {
        Link current = link;
        if (current == null) {
            return;
        }
        Ask goodbye = Ask.of(new WriteRequest.CloseSession());
        requests.add(goodbye, System.nanoTime());
        goodbye.outcome().thenRun(this::finish);
        loop.schedule(this::finish, settings.closeTimeoutMs(), TimeUnit.MILLISECONDS);
        pump();
    }

    private void finish() {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        Session last = session;
        state = ConnectionState.CLOSED;
        closeInbox.run();
        requests.giveUp(last == null ? 0 : last.id());
        breakUp(link);
        breakUp(attempt);
        link = null;
        attempt = null;
        introductions.forEach(each -> each.answer().complete(ErrorCode.CLOSING.code()));
        awaitingSession.forEach(future -> future.cancel(false));
        watching.end();
        tell(new ConnectionEvent.Closed());
        closed.complete(null);
    }

    private static void breakUp(@Nullable Link old) {
        if (old != null) {
            old.breakUp("the client is closed");
        }
    }

    // ---- what the connection tells

    void event(WatchEvent event, long zxid) {
        watching.event(event, zxid);
    }

    void answered(Ask ask, Outcome.Answered outcome) {
        OneShot watch = ask.watch();
        if (watch != null) {
            watching.answered(watch, outcome.err());
        }
        ask.settle(outcome);
    }

    void proven(long sentNanos, long zxid) {
        liveness.proven(sentNanos);
        lastZxid = Math.max(lastZxid, zxid);
    }

    void spoke(long nowNanos) {
        liveness.spoke(nowNanos);
    }

    /** Something arrived. What it led to may have left something to send. */
    void heard() {
        liveness.heard(System.nanoTime());
        pump();
    }

    void introduced(Introduction introduction, int err) {
        if (err != 0) {
            introductions.remove(introduction);
            LOG.warn("The server does not accept an identity of scheme {}", introduction.identity());
            tell(new ConnectionEvent.IdentityRefused(introduction.identity().scheme()));
        }
        introduction.answer().complete(err);
    }

    void writable(Link writable) {
        if (writable == link) {
            pump();
        }
    }

    // ---- time

    private void scheduleBeat() {
        if (state != ConnectionState.CLOSED) {
            loop.schedule(this::beat, liveness.beatNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void beat() {
        long now = System.nanoTime();
        notePause(now);
        Session current = session;
        requests.expire(now, current == null ? 0 : current.id());
        if (link != null) {
            if (liveness.isSilent(now)) {
                link.breakUp("the server has been silent for two thirds of the session's timeout");
            } else if (liveness.isPingDue(now)) {
                link.ping(now);
            }
        } else if (current != null && liveness.sessionLeftNanos(now) <= 0) {
            lose(ConnectionEvent.Verdict.TIMEOUT);
        }
        callbacks.nameSlowOne(now);
        scheduleBeat();
    }

    private void notePause(long nowNanos) {
        long late = liveness.beat(nowNanos);
        Session current = session;
        if (current != null && late >= TimeUnit.MILLISECONDS.toNanos(settings.pauseMs())) {
            var paused = new ConnectionEvent.Paused(
                    current, Duration.ofNanos(late), Duration.ofNanos(liveness.sessionLeftNanos(nowNanos)));
            LOG.warn(
                    "This process stood still for {} ms; session {} was sure to live for {} ms more when it woke up",
                    paused.stoodStill().toMillis(),
                    current,
                    paused.sessionLeft().toMillis());
            tell(paused);
        }
    }

    private void tell(ConnectionEvent event) {
        events.accept(event);
    }
}
