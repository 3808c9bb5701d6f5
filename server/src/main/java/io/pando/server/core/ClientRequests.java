package io.pando.server.core;

import io.pando.datatree.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the clients of this server ask of the ensemble, from their wish until it is proposed, is on its way to the leader, or has passed a
 * barrier. Core thread.
 *
 * <pre>
 *   leader:   asked ─▶ decide, propose
 *   follower: asked ─▶ forward
 *   both:     asked ─▶ barrier ─▶ passed, delivered up to there ─▶ answer
 * </pre>
 */
final class ClientRequests {
    private final long origin;
    private final Running running;
    private final Part part;
    private final Commits commits;
    private final Sessions sessions;
    private final AskQueue asks;
    private final Attachments attachments;
    private final LookAhead<Asked> lookAhead = LookAhead.ofRequests(Asked::write);
    private final Deque<Passed> passed = new ArrayDeque<>();
    private long confirmed;

    /** A barrier that is confirmed, and what has to be delivered before it counts. */
    private record Passed(long request, long zxid, long ordinal) {}

    ClientRequests(
            long origin,
            Running running,
            Part part,
            Commits commits,
            Sessions sessions,
            AskQueue asks,
            Attachments attachments) {
        this.origin = origin;
        this.running = running;
        this.part = part;
        this.commits = commits;
        this.sessions = sessions;
        this.asks = asks;
        this.attachments = attachments;
    }

    /** Lets go what may leave now. Returns whether there is something new for the broadcast. */
    boolean work() {
        boolean something = false;
        for (Asked asked = asks.next(); asked != null && part.role().active(); asked = asks.next()) {
            if (part.leadership() != null && !running.node().mayPropose()) {
                return something;
            }
            something = true;
            send(asked);
        }
        return something;
    }

    private void send(Asked asked) {
        switch (asked.ask) {
            case Ask.Return wish -> askForBarrier(asked);
            case Ask.Sync wish -> askForBarrier(asked);
            case Ask.Write write -> send(asked, write);
            case Ask.Begin begin -> send(asked, begin);
        }
    }

    private void send(Asked asked, Ask.Write write) {
        Leadership leadership = part.leadership();
        if (leadership == null) {
            forward(new PeerWord.Write(origin, asked.request, write));
            return;
        }
        lookAhead.next(asks.waiting(), leadership.speculative());
        asks.proposed();
        ErrorCode flaw = leadership.decide(origin, asked.request, write, asked);
        if (flaw != null) {
            refuse(asked, flaw);
        }
    }

    private void send(Asked asked, Ask.Begin begin) {
        Leadership leadership = part.leadership();
        if (leadership == null) {
            forward(new PeerWord.Begin(origin, asked.request, begin.txn()));
            return;
        }
        asks.proposed();
        leadership.begin(attachments.beginsHere(running.node().nextZxid()), asked.request, begin.txn(), asked);
    }

    private void forward(PeerWord word) {
        asks.forwarded();
        running.node().forward(PeerWord.encode(word));
    }

    /** The leader will not propose what it was asked for. */
    void refused(long request, ErrorCode code) {
        Asked asked = asks.takeForwarded(request);
        if (asked != null) {
            refuse(asked, code);
        }
    }

    private void refuse(Asked asked, ErrorCode code) {
        if (asked.ask instanceof Ask.Write write && write.endsSession()) {
            sessions.goesOn(write.sessionId()); // here as well, if its client has moved: it may come back
        }
        if (code == ErrorCode.SYSTEM_ERROR) {
            asks.settle(asked, new Outbound.Refused(commits.tree(), code));
        } else {
            asks.giveUp(asked);
            attachments.drop(asked.client); // the session is over, or elsewhere
        }
    }

    /** Nobody knows what becomes of what was under way; whoever has asked for it is dropped. Barriers are asked for again. */
    void leaderLost(List<Asked> proposed) {
        asks.inDoubt().forEach(attachments::drop);
        asks.giveUpUnderway(proposed);
        asks.askForBarriersAgain();
    }

    // ---- barriers

    private void askForBarrier(Asked asked) {
        asks.barred();
        running.node().barrier(asked.request);
    }

    /** Has a quorum say whether this server still leads; {@link #confirmed} tells if it does. Only while proposals are possible. */
    void askIfLeading(long question) {
        running.node().barrier(-question); // those of clients have positive numbers
    }

    /** The newest question that was answered with yes. */
    long confirmed() {
        return confirmed;
    }

    /** Notes that a barrier is confirmed, and up to where has to be delivered before it counts. */
    void barrierPassed(long request, long zxid, long ordinal) {
        passed.add(new Passed(request, zxid, ordinal));
    }

    /** Answers whose barrier counts now. */
    void settleBarriers() {
        while (!passed.isEmpty()
                && Long.compareUnsigned(passed.element().zxid(), running.node().lastDelivered()) <= 0) {
            Passed next = passed.remove();
            Asked asked = asks.takeBarred(next.request());
            if (asked != null) {
                settleBarrier(asked, next.ordinal());
            } else if (next.request() < 0) {
                confirmed = -next.request();
            }
        }
    }

    private void settleBarrier(Asked asked, long ordinal) {
        switch (asked.ask) {
            case Ask.Sync sync -> asks.settle(asked, new Outbound.Synced(commits.tree()));
            case Ask.Return wish -> {
                asks.settle(asked, null);
                if (sessions.reattach(
                        asked.client, wish.request(), running.publication().root(), ordinal)) {
                    attachments.attached(wish.request().sessionId(), ordinal);
                }
            }
            case Ask.Write write -> throw new IllegalStateException("A write that waits for a barrier");
            case Ask.Begin begin -> throw new IllegalStateException("A new session that waits for a barrier");
        }
    }
}
