package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** Requests about the session and its connection rather than about znodes. */
public sealed interface SessionRequest extends Request {

    /** A sign of life. Its answer, like any other, comes after those to the requests before it. */
    record Ping() implements SessionRequest {
        @Override
        public OpCode op() {
            return OpCode.PING;
        }

        @Override
        public void write(WireWriter out) {
            // No body.
        }
    }

    /** A barrier: it is answered when everything that was committed before it is applied. */
    record Sync(String path) implements SessionRequest {
        static Sync read(WireReader in) throws MarshallingException {
            return new Sync(in.readString());
        }

        @Override
        public OpCode op() {
            return OpCode.SYNC;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
        }
    }

    /**
     * Adds an identity to the connection, for the requests behind it.
     *
     * @param type always 0, and never looked at
     * @param auth what the scheme makes of it; some need none
     */
    @SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
    record Auth(int type, String scheme, byte @Nullable [] auth) implements SessionRequest {
        static Auth read(WireReader in) throws MarshallingException {
            return new Auth(in.readInt(), in.readString(), in.readBuffer());
        }

        @Override
        public OpCode op() {
            return OpCode.AUTH;
        }

        @Override
        public void write(WireWriter out) {
            out.writeInt(type);
            out.writeString(scheme);
            out.writeBuffer(auth);
        }
    }

    /** One step of a SASL negotiation. */
    @SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
    record Sasl(byte @Nullable [] token) implements SessionRequest {
        static Sasl read(WireReader in) throws MarshallingException {
            return new Sasl(in.readBuffer());
        }

        @Override
        public OpCode op() {
            return OpCode.SASL;
        }

        @Override
        public void write(WireWriter out) {
            out.writeBuffer(token);
        }
    }

    /** Which identities the connection has. */
    record WhoAmI() implements SessionRequest {
        @Override
        public OpCode op() {
            return OpCode.WHO_AM_I;
        }

        @Override
        public void write(WireWriter out) {
            // No body.
        }
    }
}
