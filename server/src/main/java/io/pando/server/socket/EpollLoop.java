package io.pando.server.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;

/** What the sockets of one event loop share: the loop, and a buffer to read into. */
final class EpollLoop {
    /** What one client has sent is looked at in pieces, with others in between. */
    private static final int READ_BYTES = 64 * 1024;

    private final IoEventLoop executor;
    private final ByteBuf arriving; // event loop

    EpollLoop(IoEventLoop executor) {
        this.executor = executor;
        boolean direct = true;
        boolean forLife = true; // as long as the loop, so nobody is to miss its release
        this.arriving = new UnpooledByteBufAllocator(direct, forLife).directBuffer(READ_BYTES, READ_BYTES);
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
