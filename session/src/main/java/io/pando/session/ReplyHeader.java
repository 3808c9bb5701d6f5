package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;

/**
 * In front of every reply and every watch event.
 *
 * @param xid the request's number; see {@link Xids}
 * @param zxid what the server had applied when it answered; a client ignores 0 and less
 * @param err 0, or a code of {@link io.pando.datatree.ErrorCode}, or one that we do not know; if it is not 0, no body is
 *     to be read
 */
public record ReplyHeader(int xid, long zxid, int err) {
    public static ReplyHeader read(WireReader in) throws MarshallingException {
        return new ReplyHeader(in.readInt(), in.readLong(), in.readInt());
    }

    public void write(WireWriter out) {
        out.writeInt(xid);
        out.writeLong(zxid);
        out.writeInt(err);
    }
}
