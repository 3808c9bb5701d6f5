package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import io.pando.server.auth.AccessControl;
import io.pando.server.core.Core;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.request.Reads;
import io.pando.server.request.WatchRequests;
import io.pando.server.socket.ClientSocket;
import io.pando.server.socket.Newcomers;
import io.pando.server.watch.Publication;
import io.pando.zab.runtime.Clock;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that serves clients, but for the sockets and the threads, which are the {@link ClientPort}'s. */
public final class ClientSide {
    private static final Logger log = LoggerFactory.getLogger(ClientSide.class);

    private final Clock clock;
    private final Askers askers;
    private final ServingLoops loops;
    private final Connections connections = new Connections();
    private final Backlog backlog;

    /**
     * All that serves clients of one server.
     *
     * @param answering makes the answers to four-letter words
     * @param backlogBytes that clients together may leave unread before some are given up
     * @param isCores whether an event loop is the core's own
     */
    public ClientSide(Clock clock, Executor answering, long backlogBytes, Predicate<EventExecutor> isCores) {
        this.clock = clock;
        this.askers = new Askers(answering);
        this.loops = new ServingLoops(isCores);
        this.backlog = new Backlog(connections, backlogBytes);
    }

    /** Wakes the event loops of all connections that were sent something. Core thread. */
    public void wake() {
        loops.wake();
    }

    /** The open connections. */
    public Connections connections() {
        return connections;
    }

    /** What becomes of those who connect. */
    public Newcomers newcomers(
            Listening listening,
            Core core,
            Publication publication,
            AccessControl access,
            ServerFigures figures,
            FourLetterWords words) {
        ConnectionLimits limits = new ConnectionLimits(
                listening.maxConnections(), listening.maxConnectionsPerAddress(), access::initialIdentities);
        ClientServices services = new ClientServices(
                core,
                publication,
                access,
                new Reads(access),
                new WatchRequests(access),
                listening.rules(),
                limits,
                connections,
                backlog,
                new LongMultis(listening.longMultiPartsPerSecond(), clock, core::servers),
                figures,
                loops,
                words,
                askers,
                clock);
        return new Newcomers() {
            @Override
            public ClientSocket.@Nullable Listener admit(ClientSocket socket, InetSocketAddress remote) {
                return ClientSide.admit(services, socket, remote);
            }

            @Override
            public void turnedAway(InetSocketAddress remote) {
                figures.connectionRejected();
                log.warn(
                        "No file descriptor left for clients: refusing {}; let this server have more (ulimit -n)",
                        remote);
            }
        };
    }

    /** Sets up the connection of a client that has just come, unless there are too many. */
    private static ClientSocket.@Nullable Listener admit(
            ClientServices services, ClientSocket socket, InetSocketAddress remote) {
        ClientAddress address = services.limits().admit(remote.getAddress());
        if (address == null) {
            services.figures().connectionRejected();
            log.warn("Too many connections: refusing {}; see maxClientCnxns and maxCnxns", remote);
            return null;
        }
        return new ClientConnection(services, socket, address, remote.getPort());
    }
}
