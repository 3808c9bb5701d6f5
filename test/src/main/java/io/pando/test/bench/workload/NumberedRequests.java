package io.pando.test.bench.workload;

import io.pando.test.bench.load.Frame;
import io.pando.test.bench.load.Requests;
import java.nio.ByteBuffer;

/** The same request for one key after the other, each once, whichever connection asks. */
final class NumberedRequests implements Requests {
    private final Frame frame;
    private final int limit;
    private int next;

    NumberedRequests(Frame frame, int limit) {
        this.frame = frame;
        this.limit = limit;
    }

    @Override
    public int maxBytes() {
        return frame.lengthBytes();
    }

    @Override
    public boolean more() {
        return next < limit;
    }

    @Override
    public void putNext(ByteBuffer batch, int xid) {
        frame.putTo(batch, xid, next++);
    }

    /** How many there have been. */
    int count() {
        return next;
    }
}
