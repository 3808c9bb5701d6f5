package io.pando.test.bench.load;

import java.nio.ByteBuffer;

/**
 * Keeps a number of requests in flight on one connection: as many as were answered together leave together.
 *
 * <p>A request's clock starts when its batch is written and stops when the read that brought its reply returned. Lives on
 * the load thread.
 */
final class Window implements Conversation {
    private final LoadLoop loop;
    private final Tally tally;
    private final Requests requests;
    private final InFlight inFlight;

    Window(LoadLoop loop, Tally tally, Requests requests, InFlight inFlight) {
        this.loop = loop;
        this.tally = tally;
        this.requests = requests;
        this.inFlight = inFlight;
    }

    @Override
    public void onFrame(ByteBuffer in, int at, long nowNanos) {
        tally.completed(nowNanos - inFlight.end(Reply.xid(in, at)), requests.errorIn(in, at));
    }

    @Override
    public void onBatch(Connection connection, long nowNanos) {
        int free = inFlight.free();
        if (free == 0 || tally.isOver()) {
            return;
        }
        var batch = loop.batch(free * requests.maxBytes());
        for (int i = 0; i < free && requests.more(); i++) {
            requests.putNext(batch, inFlight.begin(nowNanos));
        }
        if (batch.flip().hasRemaining()) {
            connection.send(batch);
        }
    }
}
