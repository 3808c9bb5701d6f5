package io.pando.zab.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;

/** Netty's sockets in the best way that this machine knows: Linux's epoll, or else that of Java. */
public final class Sockets {
    /** Whether they are epoll's, which know more options. */
    public static final boolean EPOLL = Epoll.isAvailable();

    private static final int AS_MANY_EVENTS_AS_THERE_ARE = 0;

    private Sockets() {}

    /**
     * What event loops wait with.
     *
     * @param busyPoll for how long at most one that has just been busy looks again and again before it sleeps; 0 and above
     */
    public static IoHandlerFactory waiting(Duration busyPoll) {
        return EPOLL
                ? EpollIoHandler.newFactory(AS_MANY_EVENTS_AS_THERE_ARE, BusyPolling.upTo(busyPoll))
                : NioIoHandler.newFactory(SelectorProvider.provider(), BusyPolling.upTo(busyPoll));
    }

    /** For sockets that listen. */
    public static Class<? extends ServerChannel> listening() {
        return EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** For sockets that connect. */
    static Class<? extends Channel> connecting() {
        return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
    }
}
