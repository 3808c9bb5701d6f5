package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;

/**
 * In front of every request.
 *
 * @param xid the client's own number for the request; see {@link Xids}
 * @param type the number of an {@link OpCode}, or one that we do not know
 */
public record RequestHeader(int xid, int type) {
    public static RequestHeader read(WireReader in) throws MarshallingException {
        return new RequestHeader(in.readInt(), in.readInt());
    }

    public void write(WireWriter out) {
        out.writeInt(xid);
        out.writeInt(type);
    }
}
