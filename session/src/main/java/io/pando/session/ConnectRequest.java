package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of a connection, without a header.
 *
 * @param protocolVersion 0; nobody checks it
 * @param lastZxidSeen a server that has applied less than this must not serve the client
 * @param timeoutMs what the client wishes; the server decides
 * @param sessionId 0 for a new session
 * @param password of the session to take up again; of a new one nobody looks at it
 * @param readOnly whether a server without a quorum is good enough
 * @param knowsReadOnly whether the client sent the field before this one: clients before 3.4 do not, and are answered
 *     without it too
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
public record ConnectRequest(
        int protocolVersion,
        long lastZxidSeen,
        int timeoutMs,
        long sessionId,
        byte @Nullable [] password,
        boolean readOnly,
        boolean knowsReadOnly) {
    public static ConnectRequest read(WireReader in) throws MarshallingException {
        int protocolVersion = in.readInt();
        long lastZxidSeen = in.readLong();
        int timeoutMs = in.readInt();
        long sessionId = in.readLong();
        byte[] password = in.readBuffer();
        boolean knowsReadOnly = in.remaining() > 0;
        boolean readOnly = knowsReadOnly && in.readBoolean();
        return new ConnectRequest(
                protocolVersion, lastZxidSeen, timeoutMs, sessionId, password, readOnly, knowsReadOnly);
    }

    /** Writes the whole frame. */
    public void writeFrame(WireWriter out) {
        int frame = out.beginFrame();
        out.writeInt(protocolVersion);
        out.writeLong(lastZxidSeen);
        out.writeInt(timeoutMs);
        out.writeLong(sessionId);
        out.writeBuffer(password);
        if (knowsReadOnly) {
            out.writeBoolean(readOnly);
        }
        out.endFrame(frame);
    }
}
