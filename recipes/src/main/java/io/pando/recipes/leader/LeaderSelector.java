package io.pando.recipes.leader;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Standing;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.line.Line;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election of a leader with a task that is run when it leads; the leadership is given up when the task returns. Among
 * all processes that use the same path, also those that use Curator's {@code LeaderSelector} there.
 *
 * <pre>{@code
 * var selector = new LeaderSelector(pando, "/leaders/cleaner", "host-7", leadership -> cleanUp(leadership));
 * selector.requeueAlways().start();
 * }</pre>
 *
 * <p>The task runs on a thread of its own, {@code pando-leader-…}, and never twice at a time. When the leadership ends before it returns,
 * that thread is interrupted. What a leadership can't promise: see {@link io.pando.recipes.fencing}. Used by any thread.
 */
public final class LeaderSelector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderSelector.class);
    private static final String KIND = "lock-";

    private final Candidacy candidacy;
    private final LeaderTask task;

    // Guarded by this: the application starts and closes, the callback thread leads, the task's thread returns.
    private boolean always;
    private boolean again;
    private boolean closed;
    private @Nullable CompletableFuture<Held> standing;

    public LeaderSelector(Pando pando, String path, String id, LeaderTask task) {
        this(pando, path, id, task, Trust.CONNECTION);
    }

    /**
     * One participant, who takes part as soon as it is started.
     *
     * @param path below which the participants stand in line
     * @param id by which others know this one; need not be unique
     * @param trust when a leadership ends: with the connection, or only with the session
     */
    public LeaderSelector(Pando pando, String path, String id, LeaderTask task, Trust trust) {
        this.candidacy = new Candidacy(new Line(pando, path, KIND), KIND, id, trust);
        this.task = task;
    }

    /** Stands for election again whenever the task has returned, and not just once. */
    public synchronized LeaderSelector requeueAlways() {
        always = true;
        return this;
    }

    /** Takes part: the task will be run once; see {@link #requeueAlways}. Does nothing while it takes part already. */
    public synchronized LeaderSelector start() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        if (standing == null) {
            stand();
        }
        return this;
    }

    /** Takes part once more: at once, or when the task that runs now has returned. */
    public synchronized void requeue() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        if (standing == null) {
            stand();
        } else {
            again = true;
        }
    }

    /** All who take part, in the order in which they will lead. */
    public CompletableFuture<List<Participant>> participants() {
        return candidacy.participants();
    }

    /** Takes part no longer; a leadership ends, and its task is interrupted. */
    @Override
    public void close() {
        CompletableFuture<Held> current;
        synchronized (this) {
            closed = true;
            current = standing;
        }
        if (current != null && !current.cancel(false) && !current.isCompletedExceptionally()) {
            current.join().close();
        }
    }

    private synchronized void stand() {
        again = false;
        CompletableFuture<Held> next = candidacy.stand();
        standing = next;
        next.whenComplete((leadership, failure) -> {
            if (failure == null) {
                begin(leadership);
            } else if (!next.isCancelled()) {
                LOG.error("{} is not to be had, and is not asked for any more", this, failure);
                over();
            }
        });
    }

    private void begin(Held leadership) {
        Thread thread = new Thread(
                () -> run(leadership), "pando-leader-" + candidacy.line().path());
        thread.setDaemon(true);
        leadership.ended().thenRun(thread::interrupt);
        thread.start();
    }

    private void run(Held leadership) {
        boolean begun = leadership.standing() != Standing.ENDED;
        try {
            if (begun) {
                task.lead(leadership);
            }
        } catch (InterruptedException ended) {
            LOG.debug("The task of {} was interrupted", this);
        } catch (Exception thrown) {
            LOG.error("The task of {} threw an exception; its leadership is given up", this, thrown);
        } finally {
            leadership.close();
            next(begun);
        }
    }

    /** A leadership that was over before the task could begin does not count. */
    private synchronized void next(boolean begun) {
        standing = null;
        if (!closed && (always || again || !begun)) {
            stand();
        }
    }

    private synchronized void over() {
        standing = null;
    }

    @Override
    public String toString() {
        return "the leadership at " + candidacy.line().path();
    }
}
