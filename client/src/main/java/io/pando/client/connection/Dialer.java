package io.pando.client.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.pando.client.connection.TriedServer.Problem;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

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
    private final Map<InetSocketAddress, TriedServer> results = new LinkedHashMap<>();
    private int next;
    private InetSocketAddress current;

    // Written by the loop, read by callers.
    private volatile List<TriedServer> tried = List.of();

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
        this.current = servers.get(0);
    }

    /** Whether the server that was tried last has addresses that were not. */
    boolean hasMoreAddresses() {
        return !addresses.isEmpty();
    }

    /** Whether every server had its turn since the last connection that worked, and was of no use. */
    boolean hasEveryServerFailed() {
        return addresses.isEmpty()
                && results.size() == servers.size()
                && results.values().stream().noneMatch(each -> each.problem() == Problem.NO_ANSWER_YET);
    }

    /** What came of each server that was tried since the last connection that worked, the latest at the end. From any thread. */
    List<TriedServer> tried() {
        return tried;
    }

    /** After a connection that worked: the next attempt goes to the next server. */
    void moveOn() {
        addresses.clear();
        results.clear();
        tried = List.of();
    }

    /** Keeps in mind what came of the server that was dialed last, instead of what came of it before. */
    void learned(TriedServer result) {
        results.remove(current);
        results.put(current, result);
        tried = List.copyOf(results.values());
    }

    /** What came of a server before says more than that it is being tried again. */
    private void isTrying(InetSocketAddress address, String detail) {
        TriedServer known = results.get(current);
        if (known == null || known.problem() == Problem.NO_ANSWER_YET) {
            learned(new TriedServer(address, Problem.NO_ANSWER_YET, detail));
        }
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
        current = server;
        link.goesTo(server);
        isTrying(server, "looking up its name");
        mayBlock.execute(() -> {
            try {
                InetAddress[] found = InetAddress.getAllByName(server.getHostString());
                tell(() -> resolved(server, found, link, failed));
            } catch (UnknownHostException unknown) {
                tell(() -> {
                    link.breakUp(Problem.NAME_UNKNOWN, "");
                    failed.run();
                });
            }
        });
    }

    /** A name may be found, or not, only after the client was closed: then nobody wants to know any more. */
    private void tell(Runnable found) {
        try {
            loop.execute(found);
        } catch (RejectedExecutionException closed) {
            // There is nothing that waits for it.
        }
    }

    private void resolved(InetSocketAddress server, InetAddress[] found, Link link, Runnable failed) {
        for (InetAddress one : found) {
            addresses.addLast(new InetSocketAddress(one, server.getPort()));
        }
        connect(addresses.removeFirst(), link, failed);
    }

    private void connect(InetSocketAddress address, Link link, Runnable failed) {
        link.goesTo(address);
        isTrying(address, "");
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
                        // Netty says the address once more; the system's own words are behind that.
                        Throwable root = cause.getCause() == null ? cause : cause.getCause();
                        link.breakUp(problemOf(cause), String.valueOf(root.getMessage()));
                        failed.run();
                    }
                });
        loop.schedule(
                () -> {
                    if (!link.isWelcomed()) {
                        link.breakUp(Problem.TIMED_OUT, "no session within " + settings.connectTimeoutMs() + " ms");
                        failed.run();
                    }
                },
                settings.connectTimeoutMs(),
                TimeUnit.MILLISECONDS);
    }

    private static Problem problemOf(Throwable noConnection) {
        if (noConnection instanceof ConnectTimeoutException) {
            return Problem.TIMED_OUT;
        }
        if (noConnection instanceof ConnectException) {
            return Problem.REFUSED;
        }
        return noConnection instanceof SocketException ? Problem.UNREACHABLE : Problem.BROKEN;
    }
}
