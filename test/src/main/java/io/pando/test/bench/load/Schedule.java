package io.pando.test.bench.load;

import java.nio.ByteBuffer;

/**
 * Sends requests on one connection at fixed times, whether the server keeps up or not.
 *
 * <p>A request's clock starts when it is due, even if it can't leave because too many are in flight: whoever waits in a queue
 * before a slow server waits, too, and percentiles that left that out would flatter it. Lives on the load thread.
 */
final class Schedule implements Conversation, LoadLoop.Ticker {
    private final Connection connection;
    private final LoadLoop loop;
    private final Tally tally;
    private final Requests requests;
    private final InFlight inFlight;
    private final long intervalNanos;
    private long dueNanos;

    Schedule(
            Connection connection,
            LoadLoop loop,
            Tally tally,
            Requests requests,
            InFlight inFlight,
            long firstNanos,
            long intervalNanos) {
        this.connection = connection;
        this.loop = loop;
        this.tally = tally;
        this.requests = requests;
        this.inFlight = inFlight;
        this.dueNanos = firstNanos;
        this.intervalNanos = intervalNanos;
    }

    @Override
    public void onFrame(ByteBuffer in, int at, long nowNanos) {
        tally.completed(nowNanos - inFlight.end(Reply.xid(in, at)), requests.errorIn(in, at));
    }

    @Override
    public void onTick(long nowNanos) {
        if (nowNanos - dueNanos < 0 || inFlight.free() == 0 || tally.isOver()) {
            return;
        }
        var batch = loop.batch(inFlight.free() * requests.maxBytes());
        while (nowNanos - dueNanos >= 0 && inFlight.free() > 0 && requests.more()) {
            requests.putNext(batch, inFlight.begin(dueNanos));
            dueNanos += intervalNanos;
        }
        connection.send(batch.flip());
    }
}
