package io.pando.server.figures;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one connection has asked and been given.
 *
 * <p>Only the connection's event loop counts; others read, and {@code crst} resets, so all of it is stored opaquely: whole and soon seen,
 * without the price of an ordering that nobody needs. A reset may lose what is counted at that instant.
 */
public final class ConnectionFigures {
    /** Of a connection that has not been answered yet. */
    public static final int NO_OPERATION = Integer.MIN_VALUE;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger lastOperation = new AtomicInteger(NO_OPERATION);
    private final AtomicInteger lastXid = new AtomicInteger();
    private final AtomicLong lastZxid = new AtomicLong(-1);
    private final AtomicLong lastAnswerNanos = new AtomicLong();
    private final AtomicLong lastLatencyNanos = new AtomicLong();
    private final AtomicLong minLatencyNanos = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong maxLatencyNanos = new AtomicLong();
    private final AtomicLong latencySumNanos = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();

    /** What the connection did in one turn of its event loop. */
    void add(Turn turn, long nowNanos) {
        add(sent, turn.sent);
        if (turn.received > 0) {
            add(received, turn.received);
        }
        if (turn.received != turn.answered) {
            unanswered.setOpaque(unanswered.getOpaque() + turn.received - turn.answered);
        }
        if (turn.answered > 0) {
            lastOperation.setOpaque(turn.lastOperation);
            lastXid.setOpaque(turn.lastXid);
            lastZxid.setOpaque(turn.lastZxid);
            lastAnswerNanos.setOpaque(nowNanos);
            addLatencies(turn.readNanos);
            addLatencies(turn.writeNanos);
        }
    }

    private void addLatencies(Tally nanos) {
        if (nanos.count() > 0) {
            lastLatencyNanos.setOpaque(nanos.max());
            minLatencyNanos.setOpaque(Math.min(minLatencyNanos.getOpaque(), nanos.min()));
            maxLatencyNanos.setOpaque(Math.max(maxLatencyNanos.getOpaque(), nanos.max()));
            add(latencySumNanos, nanos.sum());
            add(answers, nanos.count());
        }
    }

    /** Starts anew; what is still unanswered stays so. */
    public void reset() {
        received.setOpaque(0);
        sent.setOpaque(0);
        lastOperation.setOpaque(NO_OPERATION);
        lastXid.setOpaque(0);
        lastZxid.setOpaque(-1);
        lastAnswerNanos.setOpaque(0);
        lastLatencyNanos.setOpaque(0);
        minLatencyNanos.setOpaque(Long.MAX_VALUE);
        maxLatencyNanos.setOpaque(0);
        latencySumNanos.setOpaque(0);
        answers.setOpaque(0);
    }

    private static void add(AtomicLong figure, long more) {
        figure.setOpaque(figure.getOpaque() + more);
    }

    public long packetsReceived() {
        return received.getOpaque();
    }

    public long packetsSent() {
        return sent.getOpaque();
    }

    public int unanswered() {
        return unanswered.getOpaque();
    }

    public int lastOperation() {
        return lastOperation.getOpaque();
    }

    public int lastXid() {
        return lastXid.getOpaque();
    }

    /** -1 before the first answer. */
    public long lastZxid() {
        return lastZxid.getOpaque();
    }

    public long lastAnswerNanos() {
        return lastAnswerNanos.getOpaque();
    }

    public long lastLatencyNanos() {
        return lastLatencyNanos.getOpaque();
    }

    public long minLatencyNanos() {
        var least = minLatencyNanos.getOpaque();
        return least == Long.MAX_VALUE ? 0 : least;
    }

    public long maxLatencyNanos() {
        return maxLatencyNanos.getOpaque();
    }

    public long averageLatencyNanos() {
        return latencySumNanos.getOpaque() / Math.max(1, answers.getOpaque());
    }
}
