package io.pando.session.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    @Test
    void a_length_is_filled_in_when_the_frame_ends() {
        ByteBuf out = Unpooled.buffer(1);
        out.writeByte(9);

        int start = Frames.begin(out);
        out.writeLong(1);
        Frames.end(out, start);
        Frames.end(out, Frames.begin(out));

        assertEquals(1 + 4 + 8 + 4, out.readableBytes());
        assertEquals(8, out.getInt(1));
        assertEquals(0, out.getInt(1 + 4 + 8));
    }

    @Test
    void a_frame_is_complete_with_its_last_byte() throws MarshallingException {
        ByteBuf in = Unpooled.buffer();
        in.writeByte(9).readByte();
        byte[] arriving = {0, 0, 0, 2, 7};

        for (byte next : arriving) {
            assertEquals(Frames.INCOMPLETE, Frames.completeAt(in, 10));
            in.writeByte(next);
        }
        assertEquals(Frames.INCOMPLETE, Frames.completeAt(in, 10));
        in.writeByte(8);

        assertEquals(1 + 4 + 2, Frames.completeAt(in, 10));
        assertEquals(1, in.readerIndex());
        in.writeByte(0);
        assertEquals(1 + 4 + 2, Frames.completeAt(in, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Frames.DEFAULT_MAX_BYTES + 1, Integer.MAX_VALUE, 0x72756f6b})
    void a_length_out_of_bounds_is_refused_as_soon_as_it_is_known(int length) {
        assertThrows(
                MarshallingException.class,
                () -> Frames.completeAt(Unpooled.buffer().writeInt(length), Frames.DEFAULT_MAX_BYTES));
    }

    @Test
    void the_longest_length_is_allowed() throws MarshallingException {
        ByteBuf in = Unpooled.buffer().writeInt(Frames.DEFAULT_MAX_BYTES);

        assertEquals(Frames.INCOMPLETE, Frames.completeAt(in, Frames.DEFAULT_MAX_BYTES));
    }
}
