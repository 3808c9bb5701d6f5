package io.pando.zab.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket and connections in both directions, all on one event loop and with the same options. What is said on them is the
 * business of the handlers that it is given.
 */
final class Network implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Network.class);
    private static final long STOP_SECONDS = 5;
    private static final int PROBE_SECONDS = 1;
    private static final int PROBES = 3;
    private static final int LOW_WATER_BYTES = 256 * 1024;
    private static final int HIGH_WATER_BYTES = 1024 * 1024;

    private final EventLoop loop;
    // A resolver may hang for long: every dial has a thread to itself, and each member has at most one dial.
    private final ExecutorService resolving;
    private final NameResolver resolver;
    private final Duration connectTimeout;
    private final Duration unacknowledgedTimeout;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /** @param name of the threads that look up names */
    Network(
            EventLoop loop,
            String name,
            NameResolver resolver,
            Duration connectTimeout,
            Duration unacknowledgedTimeout) {
        this.loop = loop;
        this.resolver = resolver;
        this.connectTimeout = connectTimeout;
        this.unacknowledgedTimeout = unacknowledgedTimeout;
        resolving = Executors.newCachedThreadPool(new DefaultThreadFactory(name, true));
    }

    EventLoop loop() {
        return loop;
    }

    /** Runs a task on the event loop, unless that has ended. */
    void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("The event loop has ended, nothing is done any more");
        }
    }

    /** Listens; returns the address, with the real port where 0 was asked for. */
    InetSocketAddress listen(InetSocketAddress address, Supplier<ChannelHandler> accepted) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(Sockets.listening())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(initializer(accepted));
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Can't listen on " + address + ": " + bound.cause(), bound.cause());
        }
        channels.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /**
     * Resolves and connects; one of the two is called on the event loop.
     *
     * @param attempt chooses among the addresses of a host that has several
     */
    void dial(String host, int port, int attempt, Supplier<ChannelHandler> connected, Consumer<Throwable> failed) {
        try {
            resolving.execute(() -> {
                try {
                    InetAddress[] addresses = resolver.resolve(host);
                    InetAddress address = addresses[Math.floorMod(attempt, addresses.length)];
                    run(() -> connect(new InetSocketAddress(address, port), connected, failed));
                } catch (UnknownHostException | RuntimeException e) {
                    run(() -> failed.accept(e));
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("{} is not dialed, for this server stops", host);
        }
    }

    private void connect(InetSocketAddress address, Supplier<ChannelHandler> connected, Consumer<Throwable> failed) {
        new Bootstrap()
                .group(loop)
                .channel(Sockets.connecting())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .handler(initializer(connected))
                .connect(address)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        failed.accept(done.cause());
                    }
                });
    }

    private ChannelInitializer<Channel> initializer(Supplier<ChannelHandler> handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channels.add(channel);
                if (!channel.isOpen()) {
                    return; // it came while this server stops
                }
                ChannelConfig options = channel.config();
                options.setOption(ChannelOption.TCP_NODELAY, true);
                options.setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES));
                probeWhenIdle(options);
                if (Sockets.EPOLL) {
                    options.setOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) unacknowledgedTimeout.toMillis());
                }
                channel.pipeline().addLast(handler.get());
            }
        };
    }

    /**
     * A machine that lost its power and is back knows nothing of the connections that it had. Where nothing is sent, only a probe finds
     * out, and of a pair of servers only one dials: the other one would wait for as long as the kernel's own two hours.
     */
    private void probeWhenIdle(ChannelConfig options) {
        options.setOption(ChannelOption.SO_KEEPALIVE, true);
        if (Sockets.EPOLL) {
            options.setOption(EpollChannelOption.TCP_KEEPIDLE, PROBE_SECONDS);
            options.setOption(EpollChannelOption.TCP_KEEPINTVL, PROBE_SECONDS);
            options.setOption(EpollChannelOption.TCP_KEEPCNT, PROBES);
        } else {
            options.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), PROBE_SECONDS);
            options.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBE_SECONDS);
            options.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
        }
    }

    /** Closes every socket, and dials no more. The event loop goes on. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        resolving.shutdownNow();
    }
}
