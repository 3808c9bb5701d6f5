package io.pando.client.connection;

import io.netty.channel.EventLoop;
import io.pando.client.loop.Callbacks;
import io.pando.client.watch.OneShot;
import io.pando.datatree.ErrorCode;
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

/**
 * What happens to a session: returns to it when a connection breaks, opens another when it is lost, ends it. Confined to the event loop
 * that owns the session, but for what is marked otherwise; the {@link SessionKeeper} brings it what callers want.
 *
 * <p>It decides; {@link HeldSession} is how the client stands, {@link Search} finds servers, {@link SessionNews} tells what happened.
 */
final class SessionLife {
    private static final String CLIENT_IS_CLOSED = "the client is closed";
    private static final long FIRST_LOOKING_MS = 100;
    private static final long MOST_LOOKING_MS = 60_000;

    private final EventLoop loop;
    private final Settings settings;
    private final Callbacks callbacks;
    private final Runnable readInbox;
    private final Runnable closeInbox;
    private final CompletableFuture<Void> closed;
    private final Requests requests;
    private final Liveness liveness;
    private final HeldSession held;
    private final Search search;
    private final SessionNews news;
    private final Watching watching = new Watching(this::enter);
    private final List<Introduction> introductions = new ArrayList<>();
    private final List<CompletableFuture<Session>> awaitingSession = new ArrayList<>();

    private @Nullable Link link;
    private long lastZxid;
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
        this.readInbox = readInbox;
        this.closeInbox = closeInbox;
        this.closed = closed;
        this.requests = new Requests(TimeUnit.MILLISECONDS.toNanos(settings.requestTimeoutMs()));
        long now = System.nanoTime();
        this.liveness = new Liveness(TimeUnit.MILLISECONDS.toNanos(settings.sessionTimeoutMs()), now);
        this.held = new HeldSession(settings, liveness);
        this.search = new Search(new Dialer(loop, mayBlock, settings, chance), settings, chance, now);
        this.news = new SessionNews(events);
        settings.identities().forEach(identity -> introductions.add(new Introduction(identity)));
    }

    /** From any thread. */
    @Nullable
    Session session() {
        return held.session();
    }

    /** From any thread. */
    ConnectionState state() {
        return held.state();
    }

    /** From any thread. Not positive when the session may be over, or there is none. */
    long sessionLeftNanos() {
        return held.leftNanos();
    }

    /** From any thread. */
    List<TriedServer> tried() {
        return search.tried();
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
        Session current = held.session();
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
        Link dialed = new Link(this, requests, held.wish(lastZxid, readOnlyToo), settings);
        search.dial(dialed, () -> broken(dialed));
    }

    void welcome(Link welcomed, ConnectResponse response, long askedNanos) {
        if (!search.isTrying(welcomed)) {
            welcomed.breakUp("too late");
            return;
        }
        long asked = welcomed.askedSessionId();
        boolean accepted = response.timeoutMs() > 0;
        if (held.takeGivenUp(asked)) {
            search.isAnswered();
            endGivenUp(welcomed, accepted);
        } else if (accepted) {
            leaveReadOnlyServer();
            attach(welcomed, response, askedNanos);
        } else if (asked == 0) {
            welcomed.breakUp(TriedServer.Problem.NOT_SERVING, "it opens no new session");
        } else {
            search.isAnswered();
            lose(ConnectionEvent.Verdict.SERVER);
            welcomed.breakUp("the session has ended");
        }
    }

    /** The server that was asked for the session that was given up has it, or does not know it any more. */
    private void endGivenUp(Link welcomed, boolean accepted) {
        if (accepted) {
            welcomed.sayGoodbye();
            loop.schedule(
                    () -> welcomed.breakUp("no word on the end of a session"),
                    settings.connectTimeoutMs(),
                    TimeUnit.MILLISECONDS);
        } else {
            welcomed.breakUp("the session that was given up has ended");
        }
    }

    /** Something better was found: reads that are under way there are asked again here. */
    private void leaveReadOnlyServer() {
        Link old = link;
        Session temporary = held.session();
        if (old != null && temporary != null) {
            link = null;
            held.leaveReadOnlyServer();
            requests.connectionLost(temporary.id());
            old.breakUp("there is a server with a quorum");
        }
    }

    private void lookForQuorumLater(long delayMs) {
        Link reading = link;
        loop.schedule(
                () -> {
                    if (reading == link && !closing) {
                        if (!search.isUnderWay()) {
                            dial(false);
                        }
                        lookForQuorumLater(Math.min(2 * delayMs, MOST_LOOKING_MS));
                    }
                },
                delayMs,
                TimeUnit.MILLISECONDS);
    }

    private void attach(Link welcomed, ConnectResponse response, long askedNanos) {
        long now = System.nanoTime();
        boolean sameSession = held.session() != null;
        byte[] password = response.password();
        Session current = new Session(
                response.sessionId(),
                password == null ? HeldSession.NO_PASSWORD : password,
                Duration.ofMillis(response.timeoutMs()));
        search.found(current, now);
        liveness.attached(TimeUnit.MILLISECONDS.toNanos(response.timeoutMs()), askedNanos, now);
        link = welcomed;
        introductions.forEach(welcomed::introduce);
        watching.connected(welcomed, lastZxid);
        held.attached(current, response.readOnly());
        if (response.readOnly()) {
            lookForQuorumLater(FIRST_LOOKING_MS);
        }
        news.attached(current, sameSession, response.readOnly());
        watching.tellGap();
        awaitingSession.forEach(future -> future.complete(current));
        awaitingSession.clear();
        pump();
    }

    /** A connection ended, or could not be made. */
    void broken(Link broken) {
        if (search.isTrying(broken)) {
            search.failed(broken.end(), link == null, System.nanoTime());
            dialLater(search.delayToNextMs());
        } else if (broken == link) {
            link = null;
            connectionLost(broken);
            if (closing) {
                finish();
            } else {
                dialLater(search.delayMs());
            }
        }
    }

    private void connectionLost(Link broken) {
        long now = System.nanoTime();
        search.beginAgain(now);
        Session current = held.session();
        if (current != null) {
            held.connectionLost();
            news.suspended(current, broken.end(), liveness.unprovenNanos(now));
            watching.tellSuspended();
            requests.connectionLost(current.id());
        }
    }

    private void dialLater(long delayMs) {
        if (!closing) {
            loop.schedule(
                    () -> {
                        if (link == null && !search.isUnderWay()) {
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
        Session over = held.session();
        if (over == null || held.isClosed()) {
            return;
        }
        held.lost();
        news.lost(over, verdict);
        requests.sessionLost();
        if (!settings.newSessionAfterLoss()) {
            closing = true;
            finish();
        } else if (verdict == ConnectionEvent.Verdict.TIMEOUT) {
            held.giveUp(over);
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
        if (held.isClosed()) {
            return;
        }
        held.closed();
        closeInbox.run();
        requests.giveUp(held.id());
        Link last = link;
        if (last != null) {
            last.breakUp(CLIENT_IS_CLOSED);
        }
        search.end(CLIENT_IS_CLOSED);
        link = null;
        introductions.forEach(each -> each.answer().complete(ErrorCode.CLOSING.code()));
        awaitingSession.forEach(future -> future.cancel(false));
        watching.end();
        news.closed();
        closed.complete(null);
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
            news.refused(introduction.identity());
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
        if (!held.isClosed()) {
            loop.schedule(this::beat, liveness.beatNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void beat() {
        long now = System.nanoTime();
        notePause(now);
        requests.expire(now, held.id());
        if (link != null) {
            if (liveness.isSilent(now)) {
                link.breakUp("the server has been silent for two thirds of the session's timeout");
            } else if (liveness.isPingDue(now)) {
                link.ping(now);
            }
        } else if (held.session() != null && liveness.sessionLeftNanos(now) <= 0) {
            lose(ConnectionEvent.Verdict.TIMEOUT);
        }
        callbacks.nameSlowOne(now);
        scheduleBeat();
    }

    private void notePause(long nowNanos) {
        long late = liveness.beat(nowNanos);
        Session current = held.session();
        if (current != null && late >= TimeUnit.MILLISECONDS.toNanos(settings.pauseMs())) {
            news.paused(current, late, liveness.sessionLeftNanos(nowNanos));
        }
    }
}
