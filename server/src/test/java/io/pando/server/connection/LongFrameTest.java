package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.pando.datatree.Stat;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.wire.WireWriter;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongFrameTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    /** Wherever a piece ends: within what is copied, within long data, and right before, between or behind them. */
    @Test
    void pieces_of_whatever_length_are_the_frame_that_it_is() {
        Reply reply = new Reply.Results(List.of(
                MultiResult.of(OpCode.GET_DATA, dataOf(WireWriter.LONG_BYTES)),
                MultiResult.of(OpCode.GET_DATA, dataOf(3)),
                MultiResult.of(OpCode.GET_DATA, dataOf(WireWriter.LONG_BYTES + 1))));
        ByteBuf whole = Unpooled.buffer();
        reply.writeFrame(7, 5, new WireWriter(whole));

        for (int length = 1; length <= whole.readableBytes(); length += 1 + length / 100) {
            assertEquals(whole, inPiecesOf(length, reply), "pieces of " + length + " bytes");
        }
    }

    @Test
    void what_is_copied_counts_until_it_is_sent_and_long_data_is_only_borrowed() {
        Reply.DataAndStat data = dataOf(100_000);
        LongFrame borrowing = new LongFrame(ALLOCATOR, 7, 5, data);
        LongFrame copying = new LongFrame(ALLOCATOR, 7, 5, new Reply.Names(Collections.nCopies(10_000, "child")));

        assertTrue(borrowing.copiedBytes() < 200, () -> borrowing.copiedBytes() + " bytes");
        assertEquals(List.of(data.data()), borrowing.borrowed());
        assertEquals(copying.bytesLeft(), copying.copiedBytes());
        assertEquals(List.of(), copying.borrowed());

        copying.next(ALLOCATOR, 1_000).release();
        assertEquals(copying.bytesLeft(), copying.copiedBytes());

        borrowing.release();
        copying.release();
    }

    private static ByteBuf inPiecesOf(int length, Reply reply) {
        LongFrame frame = new LongFrame(ALLOCATOR, 7, 5, reply);
        ByteBuf all = Unpooled.buffer();
        while (!frame.isOver()) {
            ByteBuf piece = frame.next(ALLOCATOR, length);
            assertTrue(piece.readableBytes() == length || frame.isOver(), () -> piece.readableBytes() + " bytes");
            all.writeBytes(piece);
            piece.release();
        }
        frame.release();
        return all;
    }

    private static Reply.DataAndStat dataOf(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        return new Reply.DataAndStat(data, new Stat(1, 2, 3, 4, 5, 6, 7, 8, bytes, 0, 9));
    }
}
