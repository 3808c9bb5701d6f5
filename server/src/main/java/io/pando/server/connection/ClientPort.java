package io.pando.server.connection;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.pando.server.auth.AccessControl;
import io.pando.server.core.Core;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.watch.Publication;
import io.pando.zab.runtime.Clock;
import io.pando.zab.transport.Sockets;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where clients connect: the event loops and the listening socket.
 *
 * <p>The event loops are there from the beginning, since the core needs them for waking clients; the port is opened last,
 * when there is something to serve.
 */
public final class ClientPort {
    private static final Logger log = LoggerFactory.getLogger(ClientPort.class);
    private static final long STOP_SECONDS = 5;

    /** What one client has sent is looked at in pieces, with others in between. */
    private static final int READS_IN_A_ROW = 1;

    /**
     * Of each client, in the memory of the system, which else takes some megabytes of long replies in, and the time of an event loop to copy them, for clients
     * that read none of it.
     */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    private final ClientLoops loops;
    private final ExecutorService askers;
    private final ClientSide clients;
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /**
     * @param core the event loop of the core; goes on when this is stopped
     * @param onCore so many clients at most are served by that loop, 0 or more
     * @param threads event loops that serve the others, 1 or more
     * @param busyPoll for how long at most one of them looks for news before it sleeps, when it has just been busy; 0 and above
     * @param unreadBytes of what clients have asked for and not taken: above it, those that hold most are given up
     */
    public ClientPort(EventLoop core, int onCore, int threads, Duration busyPoll, long unreadBytes) {
        loops = new ClientLoops(core, onCore, threads, busyPoll);
        askers = Executors.newSingleThreadExecutor(new DefaultThreadFactory("pando-four-letter", true));
        clients = new ClientSide(Clock.OF_THE_MACHINE, askers, unreadBytes, core::equals);
    }

    /** Wakes the event loops of all connections that were sent something. Core thread. */
    public void wakeClients() {
        clients.wake();
    }

    /** The open connections. */
    public Connections connections() {
        return clients.connections();
    }

    /** Calls {@code task} again and again, each time when every event loop has come by: it is late when one of them is, which hears nobody meanwhile. */
    public void every(long milliseconds, Runnable task) {
        Runnable round = task;
        for (EventExecutor loop : loops) {
            Runnable rest = round;
            round = () -> {
                if (!loop.isShuttingDown()) {
                    loop.execute(rest);
                }
            };
        }
        loops.next().scheduleAtFixedRate(round, milliseconds, milliseconds, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens the port.
     *
     * @return the address that is listened on; its port is the real one where 0 was asked for
     * @throws PortUnavailableException if it can't be had
     */
    public InetSocketAddress open(
            Listening listening,
            Core core,
            Publication publication,
            AccessControl access,
            ServerFigures figures,
            FourLetterWords words)
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
                .childHandler(clients.handler(listening, core, publication, access, figures, words, accepted));
        if (listening.tcpKeepAlive()) { // off by itself, and each option is a system call for every client that comes
            bootstrap.childOption(ChannelOption.SO_KEEPALIVE, true);
        }
        if (listening.backlog() > 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, listening.backlog());
        }
        Channel port = bind(bootstrap, listening.address());
        accepted.add(port);
        return (InetSocketAddress) port.localAddress();
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

    /** Closes the port and every connection: nothing more is asked. The event loops go on. */
    public void close() {
        accepted.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the event loops, which the core needs to the last. */
    public void stop() {
        loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
        askers.shutdown();
        try {
            loops.terminationFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            log.warn("The event loops did not stop within {} s", STOP_SECONDS);
        }
    }
}
