package io.pando.test.bench.workload;

import io.pando.test.bench.load.Frame;
import io.pando.test.bench.load.Frames;
import io.pando.test.bench.load.Requests;
import java.nio.ByteBuffer;

/** Of one connection: creates an ephemeral znode, deletes it, and so on with the next key. */
final class ChurnRequests implements Requests {
    private final Frame create;
    private final Frame delete;
    private int count;

    ChurnRequests(String path, int dataBytes) {
        create = Frames.create(path, dataBytes, Frames.EPHEMERAL);
        delete = Frames.delete(path);
    }

    @Override
    public int maxBytes() {
        return Math.max(create.lengthBytes(), delete.lengthBytes());
    }

    @Override
    public void putNext(ByteBuffer batch, int xid) {
        (count % 2 == 0 ? create : delete).putTo(batch, xid, count / 2);
        count++;
    }
}
