package io.pando.session;

import io.pando.datatree.Password;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link ConnectRequest}, without a header.
 *
 * @param timeoutMs what holds from now on; 0 or less says that the session has expired
 * @param password to take the session up again with
 * @param readOnly whether this server has no quorum
 * @param knowsReadOnly whether the client is told so: not if its own request had no such field
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
public record ConnectResponse(
        int protocolVersion,
        int timeoutMs,
        long sessionId,
        byte @Nullable [] password,
        boolean readOnly,
        boolean knowsReadOnly) {
    public static ConnectResponse accepted(
            ConnectRequest request, int timeoutMs, long sessionId, Password password, boolean readOnly) {
        return new ConnectResponse(0, timeoutMs, sessionId, password.bytes(), readOnly, request.knowsReadOnly());
    }

    /** The session has expired, never was, or has another password: a client is not to tell these apart. */
    public static ConnectResponse refused(ConnectRequest request, boolean readOnly) {
        return new ConnectResponse(0, 0, 0, new byte[Password.LENGTH_BYTES], readOnly, request.knowsReadOnly());
    }

    public static ConnectResponse read(WireReader in) throws MarshallingException {
        int protocolVersion = in.readInt();
        int timeoutMs = in.readInt();
        long sessionId = in.readLong();
        byte[] password = in.readBuffer();
        boolean knowsReadOnly = in.remaining() > 0;
        boolean readOnly = knowsReadOnly && in.readBoolean();
        return new ConnectResponse(protocolVersion, timeoutMs, sessionId, password, readOnly, knowsReadOnly);
    }

    /** Writes the whole frame. */
    public void writeFrame(WireWriter out) {
        int frame = out.beginFrame();
        out.writeInt(protocolVersion);
        out.writeInt(timeoutMs);
        out.writeLong(sessionId);
        out.writeBuffer(password);
        if (knowsReadOnly) {
            out.writeBoolean(readOnly);
        }
        out.endFrame(frame);
    }
}
