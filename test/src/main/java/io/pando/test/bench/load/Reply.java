package io.pando.test.bench.load;

import java.nio.ByteBuffer;

/** Where the fields lie in the beginning of a frame from the server; positions count from its length prefix. */
public final class Reply {
    /** How much of a frame is looked at, if it is that long; the rest is skipped as it arrives. */
    static final int HEAD_BYTES = 24;

    static final int NOTIFICATION_XID = -1;

    private static final int RUNTIME_INCONSISTENCY = -2;
    private static final int ERROR_RESULT = -1;

    private Reply() {}

    static int lengthBytes(ByteBuffer in, int at) {
        return in.getInt(at);
    }

    static int xid(ByteBuffer in, int at) {
        return in.getInt(at + 4);
    }

    /** 0, or a code of the protocol. */
    public static int error(ByteBuffer in, int at) {
        return in.getInt(at + 16);
    }

    /**
     * A failed multi says so in its first result, not in its header. Which operation failed and why stands deeper in the
     * frame; to count it, -2 is enough.
     */
    public static int errorOfMulti(ByteBuffer in, int at) {
        int error = error(in, at);
        if (error != 0) {
            return error;
        }
        return in.getInt(at + 20) == ERROR_RESULT ? RUNTIME_INCONSISTENCY : 0;
    }

    /** Of the answer to a handshake: 0 means that there is no session. */
    static int sessionTimeoutMs(ByteBuffer in, int at) {
        return in.getInt(at + 8);
    }
}
