package io.pando.server.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.util.List;

/** A socket that Netty knows as a channel: of any kind, and at the end of any pipeline. */
public final class ChannelSocket extends ByteToMessageDecoder implements ClientSocket {
    private static final Listener NOBODY = new Nobody();

    private final Channel channel;
    private Listener listener = NOBODY;

    /** Without a listener, and so good for sending only. */
    public ChannelSocket(Channel channel) {
        this.channel = channel;
    }

    /** Makes a channel that was just accepted a client's socket, if {@code newcomers} will have it. */
    public static ChannelHandler of(Newcomers newcomers) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                var socket = new ChannelSocket(channel);
                Listener listener = channel.remoteAddress() instanceof InetSocketAddress remote
                        ? newcomers.admit(socket, remote)
                        : null; // gone already
                if (listener == null) {
                    channel.close();
                } else {
                    socket.listener = listener;
                    channel.pipeline().addLast(socket);
                }
            }
        };
    }

    // What its user asks for.

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void send(ByteBuf bytes) {
        channel.writeAndFlush(bytes, channel.voidPromise());
    }

    @Override
    public void sendLast(ByteBuf bytes) {
        channel.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public boolean isTaking() {
        return channel.isWritable();
    }

    @Override
    public long unsentBytes() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent == null ? 0 : unsent.totalPendingWriteBytes();
    }

    @Override
    public void pause() {
        channel.config().setAutoRead(false);
    }

    @Override
    public boolean isPaused() {
        return !channel.config().isAutoRead();
    }

    @Override
    public void resume() {
        channel.config().setAutoRead(true);
        channel.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER); // has the decoder look once more at what it holds
        channel.pipeline().fireChannelReadComplete();
    }

    // What the channel tells.

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        listener.opened();
        super.channelActive(context);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> unused) {
        listener.received(in);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        listener.readEnded();
        if (isPaused()) { // super would ask for more bytes, since nothing was passed on, and so undo the pause
            discardSomeReadBytes();
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (channel.isWritable()) {
            // Later: this is called from within a flush, in the middle of answering something.
            channel.eventLoop().execute(() -> listener.takesMore());
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        listener.failed(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        Listener told = listener;
        listener = NOBODY; // super looks once more at what was left
        told.closed();
        super.channelInactive(context);
    }

    /** Before there is somebody, and after. */
    private static final class Nobody implements Listener {
        @Override
        public void opened() {}

        @Override
        public void received(ByteBuf bytes) {}

        @Override
        public void readEnded() {}

        @Override
        public void takesMore() {}

        @Override
        public void failed(Throwable cause) {}

        @Override
        public void closed() {}
    }
}
