package io.pando.server.connection;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.pando.server.auth.AccessControl;
import io.pando.server.core.Core;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.socket.ClientLoops;
import io.pando.server.socket.ListeningSocket;
import io.pando.server.socket.PortUnavailableException;
import io.pando.server.watch.Publication;
import io.pando.zab.runtime.Clock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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

    private final ClientLoops loops;
    private final ExecutorService askers;
    private final ClientSide clients;
    private @Nullable ListeningSocket listening; // once it is open

    /**
     * @param core the event loop of the core; goes on when this is stopped
     * @param onCore so many clients at most are served by that loop, 0 or more
     * @param threads event loops that serve the others, 1 or more
     * @param busyPoll for how long at most one of them looks for news before it sleeps, when it has just been busy; 0 and above
     * @param unreadBytes of what clients have asked for and not taken: above it, those that hold most are given up
     */
    public ClientPort(IoEventLoop core, int onCore, int threads, Duration busyPoll, long unreadBytes) {
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
            Listening rules,
            Core core,
            Publication publication,
            AccessControl access,
            ServerFigures figures,
            FourLetterWords words)
            throws PortUnavailableException {
        ListeningSocket opened = ListeningSocket.open(
                loops,
                rules.address(),
                rules.backlog(),
                rules.tcpKeepAlive(),
                clients.newcomers(rules, core, publication, access, figures, words));
        listening = opened;
        return opened.address();
    }

    /** Closes the port and every connection: nothing more is asked. The event loops go on. */
    public void close() {
        if (listening != null) {
            listening.close();
        }
        try {
            clients.connections().closeAll(Duration.ofSeconds(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
