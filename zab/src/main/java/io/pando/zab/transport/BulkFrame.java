package io.pando.zab.transport;

import io.pando.zab.message.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What is said on the snapshot channel: one question, one answer, and then chunks until all is there. Each is
 * {@code u32 length | u8 type | fields}, big-endian.
 */
sealed interface BulkFrame {
    int CHUNK_BYTES = 256 * 1024;
    int CHUNK_HEAD_BYTES = Integer.BYTES + 1 + Long.BYTES + Integer.BYTES;

    byte ASK = 1;
    byte OFFER = 2;
    byte NONE = 3;
    byte CHUNK = 4;

    /** Which snapshot is wanted, and how much of which one is there already; 0 of 0 for none. */
    record Ask(long atLeastZxid, long begunZxid, long begunBytes) implements BulkFrame {}

    /** The snapshot that follows, from which byte on. */
    record Offer(long zxid, long lengthBytes, long fromOffset) implements BulkFrame {}

    /** There is none as new as that. */
    record None() implements BulkFrame {}

    /** A part of it, already verified; the bytes are valid as long as the frame that they came in. */
    record Chunk(long offset, ByteBuffer bytes) implements BulkFrame {}

    static void checkLength(int lengthBytes) throws MalformedMessageException {
        if (lengthBytes < 1 || lengthBytes > CHUNK_HEAD_BYTES - Integer.BYTES + CHUNK_BYTES) {
            throw new MalformedMessageException("A frame of " + lengthBytes + " bytes on the snapshot channel");
        }
    }

    static ByteBuffer encode(Ask ask) {
        return head(ASK, 3 * Long.BYTES)
                .putLong(ask.atLeastZxid())
                .putLong(ask.begunZxid())
                .putLong(ask.begunBytes())
                .flip();
    }

    static ByteBuffer encode(Offer offer) {
        return head(OFFER, 3 * Long.BYTES)
                .putLong(offer.zxid())
                .putLong(offer.lengthBytes())
                .putLong(offer.fromOffset())
                .flip();
    }

    static ByteBuffer encodeNone() {
        return head(NONE, 0).flip();
    }

    /** Puts the head of a chunk in front of its bytes: into the first {@link #CHUNK_HEAD_BYTES} of the buffer. */
    static void frameChunk(ByteBuffer chunk, long offset) {
        ByteBuffer bytes = chunk.duplicate().position(chunk.position() + CHUNK_HEAD_BYTES);
        chunk.duplicate()
                .putInt(chunk.remaining() - Integer.BYTES)
                .put(CHUNK)
                .putLong(offset)
                .putInt(checksumOf(bytes));
    }

    static BulkFrame decode(ByteBuffer in) throws MalformedMessageException {
        byte type = in.get();
        return switch (type) {
            case ASK -> {
                need(in, 3 * Long.BYTES);
                yield new Ask(in.getLong(), in.getLong(), in.getLong());
            }
            case OFFER -> {
                need(in, 3 * Long.BYTES);
                yield new Offer(in.getLong(), in.getLong(), in.getLong());
            }
            case NONE -> {
                need(in, 0);
                yield new None();
            }
            case CHUNK -> chunk(in);
            default -> throw new MalformedMessageException("No frame of the snapshot channel has the number " + type);
        };
    }

    private static Chunk chunk(ByteBuffer in) throws MalformedMessageException {
        if (in.remaining() <= Long.BYTES + Integer.BYTES) {
            throw new MalformedMessageException("A chunk without bytes");
        }
        long offset = in.getLong();
        int checksum = in.getInt();
        if (checksumOf(in.duplicate()) != checksum) {
            throw new MalformedMessageException("The chunk at " + offset + " fails its checksum");
        }
        return new Chunk(offset, in.slice());
    }

    private static void need(ByteBuffer in, int bytes) throws MalformedMessageException {
        if (in.remaining() != bytes) {
            throw new MalformedMessageException(in.remaining() + " bytes of fields instead of " + bytes);
        }
    }

    private static ByteBuffer head(byte type, int fieldBytes) {
        return ByteBuffer.allocate(Integer.BYTES + 1 + fieldBytes)
                .putInt(1 + fieldBytes)
                .put(type);
    }

    private static int checksumOf(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
