package io.pando.recipes.leader;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Standing;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.line.Blocking;
import io.pando.recipes.line.Line;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes part in the election of a leader, among all processes that use the same path; also those that use Curator's {@code LeaderLatch}
 * there. Who stands for election first leads first.
 *
 * <pre>{@code
 * try (var latch = new LeaderLatch(pando, "/leaders/indexer", "host-7")) {
 *     latch.start();
 *     Held leadership = latch.await();
 *     while (leadership.isCurrent()) {
 *         leadership.token().guard(pando.transaction()).setData("/index/state", next()).now();
 *     }
 * }
 * }</pre>
 *
 * <p>A leadership ends in the moment in which the session is in doubt, unless the latch was told to {@linkplain Trust#SESSION trust the
 * session}, and never comes back: the latch stands for election again by itself, at the end of the line, and when its turn comes there is
 * another leadership with a higher token. What a leadership can't promise: see {@link io.pando.recipes.fencing}.
 *
 * <p>Used by any thread.
 */
public final class LeaderLatch implements AutoCloseable {
    private static final String KIND = "latch-";

    private final Candidacy candidacy;
    private final CopyOnWriteArrayList<Consumer<Held>> listeners = new CopyOnWriteArrayList<>();

    // Guarded by this: rounds are begun by whoever starts the latch or resigns, and by the thread that tells of an end.
    private CompletableFuture<Held> round = new CompletableFuture<>();
    private @Nullable CompletableFuture<Held> standing;
    private boolean started;
    private boolean closed;

    public LeaderLatch(Pando pando, String path, String id) {
        this(pando, path, id, Trust.CONNECTION);
    }

    /**
     * One participant, who takes part as soon as it is started.
     *
     * @param path below which the participants stand in line
     * @param id by which others know this one; need not be unique
     * @param trust when a leadership ends: with the connection, or only with the session
     */
    public LeaderLatch(Pando pando, String path, String id, Trust trust) {
        this.candidacy = new Candidacy(new Line(pando, path, KIND), KIND, id, trust);
    }

    /**
     * Takes part from now on.
     *
     * @throws IllegalStateException when it was started before
     */
    public synchronized LeaderLatch start() {
        if (started) {
            throw new IllegalStateException("A latch is started once");
        }
        started = true;
        stand();
        return this;
    }

    /** Is told of every leadership, on the client's callback thread; {@link Held#ended} of it tells the end. To be set before the start. */
    public LeaderLatch onLeadership(Consumer<Held> listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * The leadership, if there is one now, or the next.
     *
     * @return fails when this latch does not take part any more. Cancelling it has no effect on the election
     */
    public synchronized CompletableFuture<Held> awaitAsync() {
        if (isOver(round)) {
            // It has just ended, and whoever is about to stand for election again will find this one.
            round = new CompletableFuture<>();
        }
        return round.copy();
    }

    private static boolean isOver(CompletableFuture<Held> round) {
        return round.isDone()
                && !round.isCompletedExceptionally()
                && round.join().standing() == Standing.ENDED;
    }

    /** Waits for the leadership as long as it takes. Not for callbacks of the client. */
    public Held await() throws InterruptedException {
        return Blocking.get(awaitAsync());
    }

    /**
     * Waits for the leadership for at most so long. Not for callbacks of the client.
     *
     * @throws TimeoutException when somebody else leads for that long; the latch goes on taking part
     */
    public Held await(Duration atMost) throws InterruptedException, TimeoutException {
        return Blocking.get(awaitAsync(), atMost, toString());
    }

    /** The leadership, if this one leads as far as is known in this moment. */
    public synchronized Optional<Held> leadership() {
        return round.isDone() && !round.isCompletedExceptionally()
                ? Optional.of(round.join()).filter(Held::isCurrent)
                : Optional.empty();
    }

    /**
     * Gives up the leadership, or the place in the line, and stands at its end again.
     *
     * @return completes when the next in line can lead; at once if this one did not lead
     */
    public CompletableFuture<Void> resign() {
        CompletableFuture<Held> current;
        synchronized (this) {
            current = standing;
            if (current != null && !closed && current.cancel(false)) {
                stand();
                return CompletableFuture.completedFuture(null);
            }
        }
        return current == null || current.isCompletedExceptionally()
                ? CompletableFuture.completedFuture(null)
                : current.join().release();
    }

    /** All who take part, in the order in which they will lead. */
    public CompletableFuture<List<Participant>> participants() {
        return candidacy.participants();
    }

    /** Takes part no longer; a leadership ends. */
    @Override
    public void close() {
        CompletableFuture<Held> current;
        CompletableFuture<Held> waited;
        CompletableFuture<Held> refused = CompletableFuture.failedFuture(
                new IllegalStateException("This one does not wait for " + this + " any more"));
        synchronized (this) {
            closed = true;
            current = standing;
            waited = round;
            round = refused;
        }
        refused.whenComplete((never, why) -> waited.completeExceptionally(why));
        if (current != null && !current.cancel(false) && !current.isCompletedExceptionally()) {
            current.join().close();
        }
    }

    private synchronized void stand() {
        if (closed) {
            return;
        }
        CompletableFuture<Held> next = candidacy.stand();
        standing = next;
        next.whenComplete((leadership, failure) -> {
            if (failure == null) {
                lead(leadership);
            } else if (!next.isCancelled()) {
                openRound().ifPresent(waited -> waited.completeExceptionally(failure));
            }
        });
    }

    private void lead(Held leadership) {
        // One that was over before anybody could know of it is not told.
        if (leadership.standing() != Standing.ENDED) {
            openRound().ifPresent(waited -> waited.complete(leadership));
            listeners.forEach(listener -> listener.accept(leadership));
        }
        leadership.ended().thenRun(this::stand);
    }

    /** The round whose end is told next; none when this is closed. */
    private synchronized Optional<CompletableFuture<Held>> openRound() {
        if (closed) {
            return Optional.empty();
        }
        if (round.isDone()) {
            round = new CompletableFuture<>();
        }
        return Optional.of(round);
    }

    @Override
    public String toString() {
        return "the leadership at " + candidacy.line().path();
    }
}
