package io.pando.zab.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pando.zab.message.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Frames are cut out of what arrives, and no more is asked for than is wanted. */
class FrameReaderTest implements FrameReader.Receiver {
    private final List<Integer> frames = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final FrameReader reader = new FrameReader(this);
    private final EmbeddedChannel channel = new EmbeddedChannel(new Reads(), reader);
    private boolean enough;

    @Test
    void frames_may_arrive_in_pieces() {
        ByteBuf bytes = Unpooled.buffer().writeInt(4).writeInt(7).writeInt(4).writeInt(8);
        while (bytes.isReadable()) {
            channel.writeInbound(bytes.readBytes(1));
        }

        assertEquals(List.of(7, 8), frames);
        bytes.release();
    }

    @Test
    void while_the_receiver_has_enough_nothing_more_is_asked_of_the_socket() throws Exception {
        enough = true;
        channel.writeInbound(
                Unpooled.buffer().writeInt(4).writeInt(7).writeInt(4).writeInt(8));
        int readsBefore = reads.get();

        channel.writeInbound(Unpooled.buffer().writeInt(4).writeInt(9));

        assertEquals(List.of(7), frames);
        assertEquals(readsBefore, reads.get());
        assertFalse(channel.config().isAutoRead());
        enough = false;
        reader.readOn();
        assertEquals(List.of(7, 8, 9), frames);
        assertTrue(channel.config().isAutoRead());
    }

    @Override
    public void checkLength(int lengthBytes) {
        assertEquals(Integer.BYTES, lengthBytes);
    }

    @Override
    public boolean frame(ByteBuffer frame) {
        frames.add(frame.getInt());
        return !enough;
    }

    @Override
    public void malformed(MalformedMessageException what) {
        throw new AssertionError(what);
    }

    /** Counts what is asked of the socket. */
    private final class Reads extends ChannelOutboundHandlerAdapter {
        @Override
        public void read(ChannelHandlerContext context) throws Exception {
            reads.incrementAndGet();
            super.read(context);
        }
    }
}
