package io.pando.client.connection;

import io.netty.channel.EventLoop;
import io.pando.client.loop.Callbacks;
import io.pando.client.watch.OneShot;
import io.pando.client.watch.Standing;
import io.pando.datatree.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session with the ensemble, for callers on any thread: what they want is left in an inbox, and the event loop that owns the
 * session carries it out in that order. What then happens is decided by {@link SessionLife}.
 */
public final class SessionKeeper {
    private final SessionLife life;
    private final Inbox inbox;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // Callers count up, the loop counts down.
    private final AtomicInteger open = new AtomicInteger();
    private final int mostOpen;

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
        this.mostOpen = settings.mostRequests();
        this.life = new SessionLife(
                loop, mayBlock, settings, callbacks, chance, events, this::readInbox, this::closeInbox, closed);
        this.inbox = new Inbox(loop, life::pump);
    }

    public void start() {
        inbox.leave(life::begin);
    }

    /** Sends a request when there is a connection that takes it. */
    public CompletableFuture<Outcome> submit(Ask ask) {
        if (open.incrementAndGet() > mostOpen) {
            open.decrementAndGet();
            ask.settle(new Outcome.Nothing(Outcome.Why.TOO_MANY));
        } else {
            ask.countedBy(open);
            if (!inbox.leave(() -> life.enter(ask))) {
                ask.settle(new Outcome.Nothing(Outcome.Why.CLOSED));
            }
        }
        return ask.outcome();
    }

    /** Sends a request of one of the client's own errands; those bound their number themselves. */
    public CompletableFuture<Outcome> submitOwn(Ask ask) {
        if (!inbox.leave(() -> life.enter(ask))) {
            ask.settle(new Outcome.Nothing(Outcome.Why.CLOSED));
        }
        return ask.outcome();
    }

    /** Has the loop do something, after everything that it was left before; drops it when the client is closed. */
    public void onLoop(Runnable errand) {
        inbox.leave(errand);
    }

    /** Whether there is a session and a connection. */
    public boolean isConnected() {
        ConnectionState now = life.state();
        return now == ConnectionState.CONNECTED || now == ConnectionState.READ_ONLY;
    }

    /** Sets a persistent watch. What it sees may be told before the outcome. */
    public CompletableFuture<Outcome> subscribe(Standing watch) {
        CompletableFuture<Outcome> told = new CompletableFuture<>();
        if (!inbox.leave(() -> life.watching().subscribe(watch).thenAccept(told::complete))) {
            told.complete(new Outcome.Nothing(Outcome.Why.CLOSED));
        }
        return told;
    }

    /** Ends a persistent watch; nothing is told of it any more once this errand is done. */
    public void unsubscribe(Standing watch) {
        inbox.leave(() -> life.watching().unsubscribe(watch, life.isAttached()));
    }

    /** Forgets a one-shot watch. */
    public void forget(OneShot watch) {
        inbox.leave(() -> life.watching().forget(watch, life.isAttached()));
    }

    /**
     * Introduces the client to this server and all that follow.
     *
     * @return 0, or the code with which it was refused
     */
    public CompletableFuture<Integer> introduce(Identity identity) {
        Introduction introduction = new Introduction(identity);
        if (!inbox.leave(() -> life.introduce(introduction))) {
            introduction.answer().complete(ErrorCode.CLOSING.code());
        }
        return introduction.answer();
    }

    /** Completes, on the loop, as soon as there is a session and a connection; fails with nothing, and never when there is none. */
    public CompletableFuture<Session> connected() {
        CompletableFuture<Session> future = new CompletableFuture<>();
        if (!inbox.leave(() -> life.awaitSession(future))) {
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
        if (!inbox.leave(() -> life.close(endSession))) {
            // It is closed already, or the loops were closed before their client.
            closed.complete(null);
        }
        return closed;
    }

    /** The session that is in force, or was until the connection broke; null when there is none. */
    public @Nullable Session session() {
        return life.session();
    }

    public ConnectionState state() {
        return life.state();
    }

    /** How long the session is sure to live on, in nanoseconds; not positive when it may be over, or there is none. */
    public long sessionLeftNanos() {
        return life.sessionLeftNanos();
    }

    /** What came of each server that was tried since the last connection that worked; the latest at the end. */
    public List<TriedServer> tried() {
        return life.tried();
    }

    private void readInbox() {
        inbox.empty();
    }

    private void closeInbox() {
        inbox.close();
    }
}
