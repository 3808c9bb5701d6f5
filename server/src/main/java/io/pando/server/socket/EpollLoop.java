package io.pando.server.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import java.nio.ByteBuffer;

/** What the sockets of one event loop share: the loop, and a buffer to read into. */
final class EpollLoop {
    /** What one client has sent is looked at in pieces, with others in between. */
    private static final int READ_BYTES = 64 * 1024;

    private final IoEventLoop executor;
    private final ByteBuf arriving; // event loop

    EpollLoop(IoEventLoop executor) {
        this.executor = executor;
        this.arriving =
                Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(READ_BYTES)); // given back when the loop is gone
    }

    IoEventLoop executor() {
        return executor;
    }

    /** Good until the next call. Event loop. */
    ByteBuf emptyBuffer() {
        return arriving.clear();
    }

    /** Has the loop wait for a socket's file as well. Event loop. */
    IoRegistration register(EpollIoHandle socket) {
        return executor.register(socket).syncUninterruptibly().getNow();
    }
}
