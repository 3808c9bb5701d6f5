package io.pando.test.bench.load;

/**
 * The requests of one connection that wait for their replies, with the times at which their clocks began.
 *
 * <p>Replies must come in the order of the requests. Lives on the load thread.
 */
final class InFlight {
    private final int most;
    private final long[] beganNanos;
    private int nextXid = 1;
    private int oldestXid = 1;

    InFlight(int most) {
        this.most = most;
        beganNanos = new long[Integer.highestOneBit(2 * most - 1)];
    }

    int free() {
        return most - (nextXid - oldestXid);
    }

    boolean isEmpty() {
        return oldestXid == nextXid;
    }

    /** Returns the xid to send it with. */
    int begin(long nowNanos) {
        beganNanos[nextXid & beganNanos.length - 1] = nowNanos;
        return nextXid++;
    }

    /** Returns when the request began that this is the reply to. */
    long end(int xid) {
        if (xid != oldestXid || isEmpty()) {
            throw new LoadException("Got a reply with xid " + xid + " where " + oldestXid + " was due.");
        }
        oldestXid++;
        return beganNanos[xid & beganNanos.length - 1];
    }
}
