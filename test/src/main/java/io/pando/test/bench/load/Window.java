package io.pando.test.bench.load;

import java.nio.ByteBuffer;

/**
 * Keeps a number of requests in flight on one connection: as many as were answered together leave together.
 *
 * <p>A request's clock starts when its batch is written and stops when the read that brought its reply returned. Replies
 * must come in the order of the requests. Lives on the load thread.
 */
final class Window implements Conversation {
    private final LoadLoop loop;
    private final Tally tally;
    private final Requests requests;
    private final int outstanding;
    private final long[] sentAtNanos;
    private int nextXid = 1;
    private int oldestXid = 1;

    Window(LoadLoop loop, Tally tally, Requests requests, int outstanding) {
        this.loop = loop;
        this.tally = tally;
        this.requests = requests;
        this.outstanding = outstanding;
        sentAtNanos = new long[Integer.highestOneBit(2 * outstanding - 1)];
    }

    boolean isEmpty() {
        return oldestXid == nextXid;
    }

    @Override
    public void onFrame(ByteBuffer in, int at, long nowNanos) {
        int xid = Reply.xid(in, at);
        if (xid != oldestXid) {
            throw new LoadException("Got a reply with xid " + xid + " where " + oldestXid + " was due.");
        }
        oldestXid++;
        tally.completed(nowNanos - sentAtNanos[xid & sentAtNanos.length - 1], requests.errorIn(in, at));
    }

    @Override
    public void onBatch(Connection connection, long nowNanos) {
        int free = outstanding - (nextXid - oldestXid);
        if (free == 0 || tally.isOver()) {
            return;
        }
        var batch = loop.batch(free * requests.maxBytes());
        for (int i = 0; i < free && requests.more(); i++) {
            sentAtNanos[nextXid & sentAtNanos.length - 1] = nowNanos;
            requests.putNext(batch, nextXid++);
        }
        if (batch.flip().hasRemaining()) {
            connection.send(batch);
        }
    }
}
