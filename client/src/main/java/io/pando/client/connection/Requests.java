package io.pando.client.connection;

import io.pando.session.Request;
import io.pando.session.WriteRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has been asked and is not answered: first waiting for a connection that takes it, then under way on one, where answers come
 * in the order of the requests. Decides what becomes of each when a connection or a session is lost. Confined to the event loop.
 */
final class Requests {
    private final long timeoutNanos;
    private final Deque<Ask> waiting = new ArrayDeque<>();
    private final Deque<Ask> underWay = new ArrayDeque<>();

    /** @param timeoutNanos how long each may take in all */
    Requests(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    void add(Ask ask, long nowNanos) {
        ask.deadlineNanos = nowNanos + timeoutNanos;
        waiting.addLast(ask);
    }

    /** The next to be sent, or null when there is none. */
    @Nullable
    Ask next() {
        return waiting.pollFirst();
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    void sent(Ask ask) {
        underWay.addLast(ask);
    }

    /** The one that the next answer is for, or null when no answer is due. */
    @Nullable
    Ask answered() {
        return underWay.pollFirst();
    }

    @Nullable
    Ask oldestUnderWay() {
        return underWay.peekFirst();
    }

    /** What changes nothing waits for the next connection, in its old place; of the rest nobody knows what became. */
    void connectionLost(long sessionId) {
        Map<String, Integer> writes = countWrites();
        while (!underWay.isEmpty()) {
            Ask ask = underWay.pollLast();
            if (ask.isSettled() || ask.syncOf != null) {
                continue;
            }
            if (ask.isRepeatable()) {
                ask.syncErr = 0;
                waiting.addFirst(ask);
            } else {
                boolean alone = writtenPaths(ask.request()).allMatch(path -> writes.getOrDefault(path, 0) == 1);
                ask.settle(new Outcome.Unknown(Outcome.Why.CONNECTION_LOST, sessionId, ask.zxidWhenSent, alone));
            }
        }
    }

    /** A request that was meant for the session that is over is not carried out on behalf of the next. */
    void sessionLost() {
        settleWaiting(Ask::isBoundToSession, Outcome.Why.SESSION_LOST);
    }

    /** Tells those that have waited too long. One that is under way stays in its place, for its answer may still come. */
    void expire(long nowNanos, long sessionId) {
        while (!waiting.isEmpty() && nowNanos - waiting.getFirst().deadlineNanos >= 0) {
            waiting.removeFirst().settle(new Outcome.Nothing(Outcome.Why.TIMED_OUT));
        }
        for (Ask ask : underWay) {
            if (ask.syncOf != null) {
                continue;
            }
            if (nowNanos - ask.deadlineNanos < 0) {
                return;
            }
            ask.settle(withoutAnswer(ask, Outcome.Why.TIMED_OUT, sessionId));
        }
    }

    /** Nothing more is sent; answers to what is under way are still welcome. */
    void refuseWaiting() {
        settleWaiting(ask -> true, Outcome.Why.CLOSED);
    }

    /** No answer will come any more. */
    void giveUp(long sessionId) {
        refuseWaiting();
        for (Ask ask : underWay) {
            ask.settle(withoutAnswer(ask, Outcome.Why.CLOSED, sessionId));
        }
        underWay.clear();
    }

    private void settleWaiting(Predicate<Ask> which, Outcome.Why why) {
        for (Iterator<Ask> each = waiting.iterator(); each.hasNext(); ) {
            Ask ask = each.next();
            if (which.test(ask)) {
                each.remove();
                ask.settle(new Outcome.Nothing(why));
            }
        }
    }

    private Map<String, Integer> countWrites() {
        Map<String, Integer> writes = new HashMap<>();
        for (Ask ask : underWay) {
            writtenPaths(ask.request()).forEach(path -> writes.merge(path, 1, Integer::sum));
        }
        return writes;
    }

    private static Stream<String> writtenPaths(Request request) {
        if (request instanceof WriteRequest.Multi multi) {
            return multi.parts().stream().flatMap(Requests::writtenPaths).distinct();
        }
        if (request instanceof WriteRequest.Create create) {
            return Stream.of(create.path());
        }
        if (request instanceof WriteRequest.Delete delete) {
            return Stream.of(delete.path());
        }
        return request instanceof WriteRequest.SetData set ? Stream.of(set.path()) : Stream.empty();
    }

    private static Outcome withoutAnswer(Ask ask, Outcome.Why why, long sessionId) {
        return ask.isRepeatable()
                ? new Outcome.Nothing(why)
                : new Outcome.Unknown(why, sessionId, ask.zxidWhenSent, false);
    }
}
