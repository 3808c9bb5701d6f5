package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a zxid that is not below anything that had been requested of this server when it was asked, once a quorum has confirmed
 * that it still led then (design: zab.md section 7.3; there the zxid is what was committed). Whoever waits for it to be delivered
 * knows what became of every earlier request, and not only of those that were answered: a client that has lost a connection can tell
 * by the tree whether its last write was carried out. So it is answered only after whoever proposes has had the time to propose
 * what had arrived before the question: a quorum's confirmation may come at once, where this server alone is a quorum, or before
 * anything may be proposed. One round of probes serves all that wait.
 *
 * <p>Those that have passed are in one order in the whole ensemble: by the epoch, and in it by a count that begins with 1.
 */
final class Barriers {

    /**
     * Somebody waits.
     *
     * @param asker null for this server itself
     */
    private record Waiting(@Nullable Link asker, long request, long probe) {}

    private final NodeState node;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long probe;
    private boolean due;
    private int passed;
    // The newest ones: what was requested before them may not be proposed yet.
    private int early;

    Barriers(NodeState node) {
        this.node = node;
    }

    void add(@Nullable Link asker, long request) {
        if (!due) {
            due = true;
            probe++;
        }
        waiting.add(new Waiting(asker, request, probe));
        early++;
    }

    /** Whatever was requested before those that wait now is proposed. */
    void requestsAreProposed() {
        early = 0;
    }

    /** Whether there is one that only waits for {@link #requestsAreProposed}. */
    boolean isOneHeldUp(Voters voters, Echoes echoed) {
        return early > 0 && waiting.size() == early && isConfirmed(waiting.element(), voters, echoed);
    }

    /** How many are not answered yet. */
    int waiting() {
        return waiting.size();
    }

    /** The newest probe; every message to a learner carries it. */
    long probe() {
        return probe;
    }

    /** Whether a probe has to leave at once. Until the next barrier, it has left. */
    boolean takeDue() {
        boolean was = due;
        due = false;
        return was;
    }

    /** Answers those that a quorum has confirmed. */
    void settle(Voters voters, int epoch, Echoes echoed) {
        while (waiting.size() > early && isConfirmed(waiting.element(), voters, echoed)) {
            answer(waiting.remove(), epoch);
        }
    }

    private static boolean isConfirmed(Waiting barrier, Voters voters, Echoes echoed) {
        LongPredicate confirmed = id -> echoed.hasEchoed(id, barrier.probe());
        return voters.isQuorum(confirmed);
    }

    /** Whether a server has echoed a probe, or a later one. */
    interface Echoes {
        boolean hasEchoed(long id, long probe);
    }

    private void answer(Waiting answered, int epoch) {
        long zxid = node.history.last();
        passed++;
        long ordinal = ((long) epoch << Integer.SIZE) | Integer.toUnsignedLong(passed);
        if (answered.asker() == null) {
            node.effects.add(new Effect.BarrierPassed(answered.request(), zxid, ordinal));
        } else if (node.isCurrent(answered.asker())) {
            node.send(answered.asker(), new Message.BarrierPassed(epoch, answered.request(), zxid, ordinal));
        }
    }

    /** This server's own get to know that it leads no more; the others notice by themselves. */
    void fail() {
        for (Waiting unanswered : waiting) {
            if (unanswered.asker() == null) {
                node.effects.add(new Effect.BarrierFailed(unanswered.request()));
            }
        }
        waiting.clear();
        early = 0;
    }
}
