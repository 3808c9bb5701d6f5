package io.pando.zab.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.pando.zab.message.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what arrives into frames, {@code u32 length | bytes}, and reads no further while the receiver has enough: what the peer
 * goes on sending waits in the sockets, in the end at the peer. Event loop of the connection.
 */
final class FrameReader extends ByteToMessageDecoder {
    private final Receiver receiver;
    private @Nullable ChannelHandlerContext context;
    private boolean paused;

    /** What frames are for. */
    interface Receiver {

        /** Refuses a length before the memory for it is set aside. */
        void checkLength(int lengthBytes) throws MalformedMessageException;

        /**
         * Takes a frame.
         *
         * @param frame without its length; valid only during this call
         * @return whether more is welcome; otherwise {@link FrameReader#readOn} says when
         */
        boolean frame(ByteBuffer frame) throws MalformedMessageException;

        /** Is told that what arrives makes no sense; nothing more follows. */
        void malformed(MalformedMessageException what);
    }

    FrameReader(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void decode(ChannelHandlerContext from, ByteBuf in, List<Object> out) {
        try {
            while (!paused && in.readableBytes() >= Integer.BYTES) {
                int lengthBytes = in.getInt(in.readerIndex());
                receiver.checkLength(lengthBytes);
                if (in.readableBytes() < Integer.BYTES + lengthBytes) {
                    return;
                }
                ByteBuffer frame = in.nioBuffer(in.readerIndex() + Integer.BYTES, lengthBytes);
                in.skipBytes(Integer.BYTES + lengthBytes);
                if (!receiver.frame(frame)) {
                    pause(from);
                }
            }
        } catch (MalformedMessageException e) {
            pause(from);
            in.skipBytes(in.readableBytes());
            receiver.malformed(e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        discardSomeReadBytes();
        from.fireChannelReadComplete(); // and not what the superclass does: to ask for more although reading is paused
    }

    private void pause(ChannelHandlerContext from) {
        paused = true;
        from.channel().config().setAutoRead(false);
    }

    /** Goes on after the receiver had enough. */
    void readOn() throws Exception {
        ChannelHandlerContext at = context;
        if (paused && at != null && !at.isRemoved()) {
            paused = false;
            channelRead(at, Unpooled.EMPTY_BUFFER); // first what is here already
            if (!paused) {
                at.channel().config().setAutoRead(true);
            }
        }
    }
}
