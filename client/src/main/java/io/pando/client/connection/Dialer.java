package io.pando.client.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next server to try: one after another, in an order drawn once, each under all addresses that its name has at that
 * moment. Names are looked up on a thread that may block; everything else happens on the event loop.
 */
final class Dialer {
    private final EventLoop loop;
    private final Executor mayBlock;
    private final Settings settings;
    private final List<InetSocketAddress> servers;
    private final Deque<InetSocketAddress> addresses = new ArrayDeque<>();
    private int next;

    Dialer(EventLoop loop, Executor mayBlock, Settings settings, RandomGenerator chance) {
        this.loop = loop;
        this.mayBlock = mayBlock;
        this.settings = settings;
        this.servers = new ArrayList<>(settings.servers());
        if (settings.shuffle()) {
            for (int i = servers.size() - 1; i > 0; i--) {
                Collections.swap(servers, i, chance.nextInt(i + 1));
            }
        }
    }

    /** Whether the server that was tried last has addresses that were not. */
    boolean hasMoreAddresses() {
        return !addresses.isEmpty();
    }

    /** Whether every server had its turn since the dialer began or came round the last time. */
    boolean isRoundComplete() {
        return next == 0 && addresses.isEmpty();
    }

    /** After a connection that worked: the next attempt goes to the next server. */
    void moveOn() {
        addresses.clear();
    }

    /** Connects {@code link}; if that fails it is told, just as if the connection had broken. */
    void dial(Link link, Runnable failed) {
        InetSocketAddress address = addresses.pollFirst();
        if (address != null) {
            connect(address, link, failed);
            return;
        }
        InetSocketAddress server = servers.get(next);
        next = (next + 1) % servers.size();
        mayBlock.execute(() -> {
            try {
                InetAddress[] found = InetAddress.getAllByName(server.getHostString());
                loop.execute(() -> resolved(server, found, link, failed));
            } catch (UnknownHostException unknown) {
                loop.execute(() -> {
                    link.breakUp("the host " + server.getHostString() + " is not known");
                    failed.run();
                });
            }
        });
    }

    private void resolved(InetSocketAddress server, InetAddress[] found, Link link, Runnable failed) {
        for (InetAddress one : found) {
            addresses.addLast(new InetSocketAddress(one, server.getPort()));
        }
        connect(addresses.removeFirst(), link, failed);
    }

    private void connect(InetSocketAddress address, Link link, Runnable failed) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectTimeoutMs())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslContext tls = settings.tls();
                        if (tls != null) {
                            channel.pipeline()
                                    .addLast(tls.newHandler(
                                            channel.alloc(), address.getHostString(), address.getPort()));
                        }
                        channel.pipeline().addLast(link);
                    }
                })
                .connect(address)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        Throwable cause = done.cause();
                        link.breakUp(describe(address, cause));
                        failed.run();
                    }
                });
        loop.schedule(
                () -> {
                    if (!link.isWelcomed()) {
                        link.breakUp(address + ": no session within " + settings.connectTimeoutMs() + " ms");
                        failed.run();
                    }
                },
                settings.connectTimeoutMs(),
                TimeUnit.MILLISECONDS);
    }

    private static String describe(InetSocketAddress address, @Nullable Throwable cause) {
        return address + ": " + (cause == null ? "no connection" : cause.getMessage());
    }
}
