package io.pando.client.connection;

import io.netty.channel.EventLoop;
import io.pando.client.loop.Callbacks;
import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.OneShot;
import io.pando.client.watch.Standing;
import io.pando.client.watch.Watches;
import io.pando.datatree.ErrorCode;
import io.pando.session.AddWatchMode;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.session.WatcherType;
import io.pando.session.WriteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session with the ensemble: finds servers, returns to the session when a connection breaks, opens another when it is
 * lost, and tells what happens. Callers on any thread leave errands in an inbox; the event loop that owns the session carries them
 * out in that order. Everything that is not marked otherwise is confined to that loop.
 */
public final class SessionKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
    private static final byte[] NO_PASSWORD = new byte[16];

    private final EventLoop loop;
    private final Settings settings;
    private final Callbacks callbacks;
    private final Consumer<ConnectionEvent> events;
    private final RandomGenerator chance;
    private final Dialer dialer;
    private final Requests requests;
    private final Liveness liveness;
    private final Watches watches = new Watches();
    private final List<Introduction> introductions = new ArrayList<>();
    private final List<CompletableFuture<Session>> awaitingSession = new ArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // Callers put errands in; the loop takes them out. The flag says that the loop knows of some.
    private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean inboxKnown = new AtomicBoolean();
    private final AtomicInteger open = new AtomicInteger();

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
     * @param events told on the event loop
     */
    public SessionKeeper(
            EventLoop loop,
            Executor mayBlock,
            Settings settings,
            Callbacks callbacks,
            RandomGenerator chance,
            Consumer<ConnectionEvent> events) {
        this.loop = loop;
        this.settings = settings;
        this.callbacks = callbacks;
        this.chance = chance;
        this.events = events;
        this.dialer = new Dialer(loop, mayBlock, settings, chance);
        this.requests = new Requests(TimeUnit.MILLISECONDS.toNanos(settings.requestTimeoutMs()));
        this.liveness = new Liveness(TimeUnit.MILLISECONDS.toNanos(settings.sessionTimeoutMs()), System.nanoTime());
        this.session = settings.takeover();
        settings.identities().forEach(identity -> introductions.add(new Introduction(identity)));
    }

    // ---- what callers ask for, on any thread

    public void start() {
        errand(() -> {
            dial();
            scheduleBeat();
        });
    }

    /** Sends a request when there is a connection that takes it. */
    public CompletableFuture<Outcome> submit(Ask ask) {
        if (open.incrementAndGet() > settings.mostRequests()) {
            open.decrementAndGet();
            ask.settle(new Outcome.Nothing(Outcome.Why.TOO_MANY));
        } else {
            ask.countedBy(open);
            if (!errand(() -> enter(ask))) {
                ask.settle(new Outcome.Nothing(Outcome.Why.CLOSED));
            }
        }
        return ask.outcome();
    }

    /** Sets a persistent watch. What it sees may be told before the outcome. */
    public CompletableFuture<Outcome> subscribe(Standing watch) {
        Ask ask = Ask.of(new WatchRequest.AddWatch(watch.path(), watch.mode()));
        if (!errand(() -> {
            watches.add(watch);
            enter(ask);
        })) {
            ask.settle(new Outcome.Nothing(Outcome.Why.CLOSED));
        }
        return ask.outcome().thenApply(outcome -> {
            if (outcome instanceof Outcome.Answered answered && answered.err() == 0) {
                watch.establish();
            } else {
                watches.remove(watch);
            }
            return outcome;
        });
    }

    /** Ends a persistent watch; nothing is told of it any more once this errand is done. */
    public void unsubscribe(Standing watch) {
        errand(() -> {
            if (watches.remove(watch)) {
                boolean persistent = watch.mode() == AddWatchMode.PERSISTENT;
                removeAtServer(watch.path(), persistent ? WatcherType.PERSISTENT : WatcherType.PERSISTENT_RECURSIVE);
            }
        });
    }

    /** Forgets a one-shot watch. */
    public void forget(OneShot watch) {
        errand(() -> {
            for (WatcherType type : watches.remove(watch)) {
                removeAtServer(watch.path(), type);
            }
        });
    }

    /**
     * Introduces the client to this server and all that follow.
     *
     * @return 0, or the code with which it was refused
     */
    public CompletableFuture<Integer> introduce(Identity identity) {
        Introduction introduction = new Introduction(identity);
        if (!errand(() -> {
            introductions.add(introduction);
            if (link != null) {
                link.introduce(introduction);
            }
        })) {
            introduction.answer().complete(ErrorCode.CLOSING.code());
        }
        return introduction.answer();
    }

    /** Completes, on the loop, as soon as there is a session and a connection; fails with nothing, and never when there is none. */
    public CompletableFuture<Session> connected() {
        CompletableFuture<Session> future = new CompletableFuture<>();
        if (!errand(() -> {
            Session current = session;
            if (link != null && current != null) {
                future.complete(current);
            } else {
                awaitingSession.add(future);
            }
        })) {
            future.cancel(false);
        }
        return future;
    }

    /**
     * Ends the client.
     *
     * @param endSession whether the session and its ephemerals end with it, rather than being left to whoever takes the session over
     * @return completes on the loop
     */
    public CompletableFuture<Void> close(boolean endSession) {
        errand(() -> {
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
        });
        return closed;
    }

    /** The session that is in force, or was until the connection broke; null when there is none. */
    public @Nullable Session session() {
        return session;
    }

    public ConnectionState state() {
        return state;
    }

    /** The highest zxid that this client has seen; for tests and logs. Only on the loop. */
    long lastZxid() {
        return lastZxid;
    }

    /** Has the loop do something, after everything that was left to it before; false when the client is closed. */
    private boolean errand(Runnable errand) {
        if (state == ConnectionState.CLOSED) {
            return false;
        }
        inbox.add(errand);
        if (inboxKnown.compareAndSet(false, true)) {
            try {
                loop.execute(this::carryOut);
            } catch (RejectedExecutionException closedMeanwhile) {
                return false;
            }
        }
        return true;
    }

    // ---- on the loop from here

    private void carryOut() {
        inboxKnown.set(false);
        for (Runnable errand = inbox.poll(); errand != null; errand = inbox.poll()) {
            errand.run();
        }
        pump();
    }

    private void enter(Ask ask) {
        if (closing) {
            ask.settle(new Outcome.Nothing(Outcome.Why.CLOSED));
        } else {
            requests.add(ask, System.nanoTime());
        }
    }

    private void pump() {
        if (link != null && requests.hasWaiting()) {
            link.pump(lastZxid, System.nanoTime());
        }
    }

    private void removeAtServer(String path, WatcherType type) {
        if (link == null || closing) {
            return;
        }
        Ask ask = Ask.of(new WatchRequest.RemoveWatches(path, type));
        enter(ask);
        ask.outcome().thenAccept(outcome -> {
            // Servers before 3.9 do not know the types of persistent watches; what they keep is not told to anybody.
            boolean unknownType = outcome instanceof Outcome.Answered answered
                    && answered.err() == ErrorCode.MARSHALLING_ERROR.code();
            if (unknownType && !watches.hasAny(path)) {
                enter(Ask.of(new WatchRequest.RemoveWatches(path, WatcherType.ANY)));
                pump();
            }
        });
    }

    private void dial() {
        if (closing) {
            return;
        }
        Session wanted = givenUp != null ? givenUp : session;
        ConnectRequest hello = new ConnectRequest(
                0,
                lastZxid,
                settings.sessionTimeoutMs(),
                wanted == null ? 0 : wanted.id(),
                wanted == null ? NO_PASSWORD : wanted.password(),
                settings.readOnlyAllowed() && givenUp == null,
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
            attach(welcomed, response, askedNanos);
        } else if (asked == 0) {
            welcomed.breakUp("the server opens no new session");
        } else {
            failures = 0;
            lose(ConnectionEvent.Verdict.SERVER);
            welcomed.breakUp("the session has ended");
        }
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
        watches.setAgain(lastZxid, welcomed::setWatches);
        state = response.readOnly() ? ConnectionState.READ_ONLY : ConnectionState.CONNECTED;
        LOG.info(
                "{} session {} with a timeout of {} ms",
                sameSession ? "Returned to" : "Opened",
                current,
                response.timeoutMs());
        if (response.readOnly()) {
            tell(new ConnectionEvent.ReadOnly(current));
        } else if (sameSession) {
            tell(new ConnectionEvent.Reconnected(current));
        } else {
            tell(new ConnectionEvent.Connected(current));
        }
        watches.tellGap();
        awaitingSession.forEach(future -> future.complete(current));
        awaitingSession.clear();
        pump();
    }

    /** A connection ended, or could not be made. */
    void broken(Link broken) {
        if (broken == attempt) {
            attempt = null;
            LOG.debug("No session with a server: {}", broken.reason());
            boolean otherAddress = dialer.hasMoreAddresses();
            if (dialer.isRoundComplete() && failures < settings.servers().size()) {
                LOG.warn(
                        "No server of {} opens or continues a session; the last one: {}",
                        settings.servers(),
                        broken.reason());
            }
            dialLater(otherAddress ? 0 : settings.backoff().delayMs(failures++, chance));
        } else if (broken == link) {
            link = null;
            Session current = session;
            if (current != null) {
                state = ConnectionState.SUSPENDED;
                LOG.info("The connection of session {} is lost: {}", current, broken.reason());
                tell(new ConnectionEvent.Suspended(current));
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
                            dial();
                        }
                    },
                    delayMs,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void lose(ConnectionEvent.Verdict verdict) {
        Session over = session;
        if (over == null) {
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
        for (Runnable errand = inbox.poll(); errand != null; errand = inbox.poll()) {
            errand.run();
        }
        requests.giveUp(last == null ? 0 : last.id());
        if (link != null) {
            link.breakUp("the client is closed");
        }
        if (attempt != null) {
            attempt.breakUp("the client is closed");
        }
        introductions.forEach(each -> each.answer().complete(ErrorCode.CLOSING.code()));
        awaitingSession.forEach(future -> future.cancel(false));
        watches.end();
        tell(new ConnectionEvent.Closed());
        closed.complete(null);
    }

    // ---- what the connection tells

    void event(WatchEvent event, long zxid) {
        watches.tell(new NodeEvent(event.type(), event.path(), zxid));
    }

    void answered(Ask ask, Outcome.Answered outcome) {
        OneShot watch = ask.watch();
        if (watch != null) {
            boolean absent = outcome.err() == ErrorCode.NO_NODE.code();
            if (outcome.err() == 0 || (absent && watch.kind() == OneShot.Kind.EXISTS)) {
                watches.add(watch, absent);
            }
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

    void heard() {
        liveness.heard(System.nanoTime());
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
