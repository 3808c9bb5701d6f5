package io.pando.server.core;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.MalformedTxnException;
import io.pando.datatree.encoding.TxnCodec;
import java.nio.ByteBuffer;

/**
 * The payload of a transaction record: who asked, when the leader decided, and what changes.
 *
 * @param origin of the server whose client asked: another number after each of its starts; that server answers
 * @param request which of its requests
 */
public record Envelope(long origin, long request, long sessionId, int xid, long timeMs, Txn txn) {
    private static final int INITIAL_BYTES = 4 * 1024;
    private static final int MOST_KEPT_BYTES = 1024 * 1024;
    private static final int FIELD_BYTES = 4 * Long.BYTES + Integer.BYTES;

    /** Turns envelopes into bytes and back; reuses its buffer, so one for each thread. */
    public static final class Codec {
        private final TxnCodec txns = new TxnCodec();
        private final Output output = new Output(INITIAL_BYTES, -1);
        private final Input input = new Input();
        private byte[] read = new byte[INITIAL_BYTES]; // begins with the payload that is decoded

        /** The encoded envelope; valid until the next call. */
        public ByteBuffer encode(Envelope envelope) {
            output.reset();
            output.writeLong(envelope.origin);
            output.writeLong(envelope.request);
            output.writeLong(envelope.sessionId);
            output.writeInt(envelope.xid);
            output.writeLong(envelope.timeMs);
            txns.encode(envelope.txn, output);
            return ByteBuffer.wrap(output.getBuffer(), 0, output.position());
        }

        /**
         * The envelope in the remaining bytes of {@code payload}.
         *
         * @throws MalformedTxnException if there is none
         */
        public Envelope decode(ByteBuffer payload) {
            if (payload.remaining() < FIELD_BYTES) {
                throw new MalformedTxnException("A transaction of " + payload.remaining() + " bytes");
            }
            copyToInput(payload);
            return new Envelope(
                    input.readLong(),
                    input.readLong(),
                    input.readLong(),
                    input.readInt(),
                    input.readLong(),
                    txns.decode(input));
        }

        /** Into the same array again and again, unless the bytes are unusually many. */
        private void copyToInput(ByteBuffer payload) {
            int length = payload.remaining();
            byte[] target = length <= read.length ? read : new byte[length];
            payload.get(target, 0, length);
            if (length <= MOST_KEPT_BYTES) {
                read = target;
            }
            input.setBuffer(target, 0, length);
        }
    }
}
