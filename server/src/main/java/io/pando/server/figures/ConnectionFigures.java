package io.pando.server.figures;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one connection has asked and been given.
 *
 * <p>Only the connection's event loop counts; others read, and {@code crst} resets, so all of it is stored opaquely: whole and soon seen,
 * without the price of an ordering that nobody needs. A reset may lose what is counted at that instant.
 */
public final class ConnectionFigures {
    /** Of a connection that has not been answered yet. */
    public static final int NO_OPERATION = Integer.MIN_VALUE;

    // Where each is among the values, which are one object: there may be many connections.
    private static final int RECEIVED = 0;
    private static final int SENT = 1;
    private static final int UNANSWERED = 2;
    private static final int LAST_OPERATION = 3;
    private static final int LAST_XID = 4;
    private static final int LAST_ZXID = 5;
    private static final int LAST_ANSWER_NANOS = 6;
    private static final int LAST_LATENCY_NANOS = 7;
    private static final int MIN_LATENCY_NANOS = 8;
    private static final int MAX_LATENCY_NANOS = 9;
    private static final int LATENCY_SUM_NANOS = 10;
    private static final int ANSWERS = 11;
    private static final int FIGURES = 12;

    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values = new long[FIGURES];

    public ConnectionFigures() {
        reset();
    }

    /** What the connection did in one turn of its event loop. */
    void add(Turn turn, long nowNanos) {
        add(SENT, turn.sent);
        if (turn.received > 0) {
            add(RECEIVED, turn.received);
        }
        if (turn.received != turn.answered) {
            set(UNANSWERED, get(UNANSWERED) + turn.received - turn.answered);
        }
        if (turn.answered > 0) {
            set(LAST_OPERATION, turn.lastOperation);
            set(LAST_XID, turn.lastXid);
            set(LAST_ZXID, turn.lastZxid);
            set(LAST_ANSWER_NANOS, nowNanos);
            addLatencies(turn.readNanos);
            addLatencies(turn.writeNanos);
        }
    }

    private void addLatencies(Tally nanos) {
        if (nanos.count() > 0) {
            set(LAST_LATENCY_NANOS, nanos.max());
            set(MIN_LATENCY_NANOS, Math.min(get(MIN_LATENCY_NANOS), nanos.min()));
            set(MAX_LATENCY_NANOS, Math.max(get(MAX_LATENCY_NANOS), nanos.max()));
            add(LATENCY_SUM_NANOS, nanos.sum());
            add(ANSWERS, nanos.count());
        }
    }

    /** Starts anew; what is still unanswered stays so. */
    public void reset() {
        set(RECEIVED, 0);
        set(SENT, 0);
        set(LAST_OPERATION, NO_OPERATION);
        set(LAST_XID, 0);
        set(LAST_ZXID, -1);
        set(LAST_ANSWER_NANOS, 0);
        set(LAST_LATENCY_NANOS, 0);
        set(MIN_LATENCY_NANOS, Long.MAX_VALUE);
        set(MAX_LATENCY_NANOS, 0);
        set(LATENCY_SUM_NANOS, 0);
        set(ANSWERS, 0);
    }

    private void add(int figure, long more) {
        set(figure, get(figure) + more);
    }

    private void set(int figure, long value) {
        VALUE.setOpaque(values, figure, value);
    }

    private long get(int figure) {
        return (long) VALUE.getOpaque(values, figure);
    }

    public long packetsReceived() {
        return get(RECEIVED);
    }

    public long packetsSent() {
        return get(SENT);
    }

    public int unanswered() {
        return (int) get(UNANSWERED);
    }

    public int lastOperation() {
        return (int) get(LAST_OPERATION);
    }

    public int lastXid() {
        return (int) get(LAST_XID);
    }

    /** -1 before the first answer. */
    public long lastZxid() {
        return get(LAST_ZXID);
    }

    public long lastAnswerNanos() {
        return get(LAST_ANSWER_NANOS);
    }

    public long lastLatencyNanos() {
        return get(LAST_LATENCY_NANOS);
    }

    public long minLatencyNanos() {
        var least = get(MIN_LATENCY_NANOS);
        return least == Long.MAX_VALUE ? 0 : least;
    }

    public long maxLatencyNanos() {
        return get(MAX_LATENCY_NANOS);
    }

    public long averageLatencyNanos() {
        return get(LATENCY_SUM_NANOS) / Math.max(1, get(ANSWERS));
    }
}
