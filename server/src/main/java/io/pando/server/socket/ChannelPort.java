package io.pando.server.socket;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.pando.zab.transport.Sockets;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A listening socket of Netty's, whose clients have a {@link ChannelSocket} each. */
final class ChannelPort implements ListeningSocket {
    /** What one client has sent is looked at in pieces, with others in between. */
    private static final int READS_IN_A_ROW = 1;

    private static final int STOP_SECONDS = 5;

    private final Channel channel;

    private ChannelPort(Channel channel) {
        this.channel = channel;
    }

    static ChannelPort open(
            ClientLoops loops, InetSocketAddress address, int backlog, boolean tcpKeepAlive, Newcomers newcomers)
            throws PortUnavailableException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.next(), loops)
                .channel(Sockets.listening())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_IN_A_ROW))
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .childHandler(ChannelSocket.of(newcomers));
        if (tcpKeepAlive) { // off by itself, and each option is a system call for every client that comes
            bootstrap.childOption(ChannelOption.SO_KEEPALIVE, true);
        }
        if (backlog > 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, backlog);
        }
        return new ChannelPort(bind(bootstrap, address));
    }

    private static Channel bind(ServerBootstrap bootstrap, InetSocketAddress address) throws PortUnavailableException {
        try {
            return bootstrap.bind(address).syncUninterruptibly().channel();
        } catch (RuntimeException | Error unexpected) {
            throw unexpected;
        } catch (Exception e) { // Netty throws what the system call did, undeclared
            throw new PortUnavailableException(address, e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
