package io.pando.zab.transport;

import io.pando.test.fuzz.Decoder;
import io.pando.test.fuzz.Decoder.Memory;
import io.pando.zab.message.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Frames of the snapshot channel. Here, since nobody else may know them. */
public final class BulkDecoder {
    private BulkDecoder() {}

    public static Decoder make() {
        ByteBuffer chunk = ByteBuffer.allocate(BulkFrame.CHUNK_HEAD_BYTES + 40);
        BulkFrame.frameChunk(chunk, 77);
        return Decoder.of(
                        "snapshot-frame",
                        List.of(
                                withoutLength(BulkFrame.encode(new BulkFrame.Ask(1, 2, 3))),
                                withoutLength(BulkFrame.encode(new BulkFrame.Offer(1, 2, 3))),
                                withoutLength(BulkFrame.encodeNone()),
                                withoutLength(chunk)),
                        input -> {
                            BulkFrame.checkLength(input.length);
                            return BulkFrame.decode(ByteBuffer.wrap(input));
                        },
                        new Memory(4),
                        Set.of(MalformedMessageException.class))
                .writtenBy(value -> withoutLength(encoded((BulkFrame) value)));
    }

    private static ByteBuffer encoded(BulkFrame frame) {
        return switch (frame) {
            case BulkFrame.Ask ask -> BulkFrame.encode(ask);
            case BulkFrame.Offer offer -> BulkFrame.encode(offer);
            case BulkFrame.None none -> BulkFrame.encodeNone();
            case BulkFrame.Chunk chunk -> {
                ByteBuffer framed = ByteBuffer.allocate(
                        BulkFrame.CHUNK_HEAD_BYTES + chunk.bytes().remaining());
                framed.put(
                        BulkFrame.CHUNK_HEAD_BYTES,
                        chunk.bytes(),
                        chunk.bytes().position(),
                        chunk.bytes().remaining());
                BulkFrame.frameChunk(framed, chunk.offset());
                yield framed;
            }
        };
    }

    private static byte[] withoutLength(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining() - Integer.BYTES];
        frame.get(frame.position() + Integer.BYTES, bytes);
        return bytes;
    }
}
