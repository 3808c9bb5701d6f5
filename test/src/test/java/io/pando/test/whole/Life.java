package io.pando.test.whole;

import io.pando.server.auth.AccessControl;
import io.pando.server.connection.ClientSide;
import io.pando.server.connection.ConnectionRules;
import io.pando.server.connection.Listening;
import io.pando.server.core.Core;
import io.pando.server.core.CoreConfig;
import io.pando.server.core.Holders;
import io.pando.server.core.ReaperConfig;
import io.pando.server.core.SessionLimits;
import io.pando.server.core.Ticks;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.fourletter.ServerView;
import io.pando.server.request.Preparation;
import io.pando.server.request.QuotaRules;
import io.pando.server.request.WriteRules;
import io.pando.server.socket.ClientSocket;
import io.pando.server.socket.Newcomers;
import io.pando.server.watch.Publication;
import io.pando.zab.core.RoleView;
import io.pando.zab.log.NoSpaceException;
import io.pando.zab.model.Membership;
import io.pando.zab.runtime.EnsembleConfig;
import io.pando.zab.runtime.Halt;
import io.pando.zab.runtime.ZabConfig;
import io.pando.zab.runtime.ZabNode;
import io.pando.zab.sim.SimFailure;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One server process, from its start to its end: the production's, put together as {@code PandoServer} does it. What it runs on is its
 * {@link SimHost}.
 */
final class Life {
    private static final int TICK_MS = 200;
    private static final int LOOK_EVERY_MS = 50;
    private static final long UNDER_WAY_BYTES = 64L << 20;
    private static final long UNREAD_BYTES = 256L << 20;
    private static final int PAUSE_MS = 500;
    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 1);

    private final SimServer server;
    private final World world;
    private final SplittableRandom random;
    private final SimHost host;
    private final List<Connection> connections = new ArrayList<>();
    private @Nullable Core core;
    private @Nullable Publication publication;
    private @Nullable ZabNode node;
    private @Nullable Newcomers clients;
    private boolean halted;

    Life(SimServer server, World world, SplittableRandom random, double clockRate) {
        this.server = server;
        this.world = world;
        this.random = random;
        this.host = new SimHost(this, server, world, random, clockRate);
    }

    SimHost host() {
        return host;
    }

    // ---- from start to end

    void start() throws IOException {
        Profile profile = world.profile();
        AccessControl access = new AccessControl("SHA1", null, true);
        ClientSide side = new ClientSide(
                host.clock(), host.worker("pando-four-letter"), UNREAD_BYTES, loop -> profile.clientsOnCore());
        ServerFigures figures = new ServerFigures();
        Core starting = new Core(
                new CoreConfig(
                        (int) server.id(),
                        new SessionLimits(TICK_MS, 2 * TICK_MS, 100 * TICK_MS),
                        new ReaperConfig(60_000, 10_000, 0),
                        new Ticks(LOOK_EVERY_MS, PAUSE_MS),
                        UNDER_WAY_BYTES,
                        profile.readOnlyMode()),
                host,
                figures,
                new Preparation(new WriteRules(access, new QuotaRules(false), true, false)),
                side::wake,
                failure -> {
                    throw new SimFailure("The core of server " + server.id() + " failed", failure);
                });
        core = starting;
        ZabNode node = ZabNode.start(
                zabConfig(profile),
                host,
                server.disk(),
                new Observed(starting.stateMachine(), server.id(), world),
                new SplittableRandom(random.nextLong()),
                starting::doorbell,
                this::halt);
        this.node = node;
        Publication shared = starting.start(node, access);
        publication = shared;
        clients = side.newcomers(
                new Listening(
                        NOWHERE,
                        0,
                        true,
                        0,
                        0,
                        0,
                        new ConnectionRules(1 << 20, profile.bounds().unanswered(), Set.of())),
                starting,
                shared,
                access,
                figures,
                new FourLetterWords(nobodyAsks()));
        world.oracle().published(server.id(), shared.root());
        tickLater(starting);
    }

    private static ServerView nobodyAsks() {
        return (ServerView) Proxy.newProxyInstance(
                Life.class.getClassLoader(), new Class<?>[] {ServerView.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("No four-letter words here");
                });
    }

    private ZabConfig zabConfig(Profile profile) {
        return ZabConfig.in(SimServer.DATA)
                .withLogDir(SimServer.LOG)
                .withInlineSync(profile.inlineSync())
                .withSegmentBytes(profile.segmentBytes())
                .withBallastBytes(512)
                .withSnapshotEveryTxns(profile.snapshotEveryTxns())
                .withSnapshotsKept(2)
                .withLogKeptBytes(0)
                .withLastCounter(profile.lastCounter())
                .withEnsemble(EnsembleConfig.member(server.id(), world.membership(), NOWHERE, NOWHERE)
                        .withLimits(profile.limits()));
    }

    private void tickLater(Core ticking) {
        host.later(LOOK_EVERY_MS * 1_000_000L, () -> {
            ticking.tick();
            tickLater(ticking);
        });
    }

    /** The process ends here and now. */
    void end(boolean machineRuns) {
        host.end(machineRuns);
        connections.forEach(connection -> connection.serverDied(machineRuns));
        connections.clear();
    }

    void halt(Halt halt) {
        if (halt.startsAnew()) {
            world.oracle().outvoted(server.id(), halt.reason());
            halted = true;
            host.trace("disowns its data: " + halt.reason());
            host.later(World.exponential(random, 2_000_000), server::crash);
            return;
        }
        boolean noRoom = server.isFull() && halt.cause() instanceof NoSpaceException;
        if (!server.mayFail() && !noRoom) {
            throw new SimFailure("Server " + server.id() + " halts without a fault: " + halt.reason(), halt.cause());
        }
        if (!halted) {
            halted = true;
            host.count(noRoom ? "halts by a full disk" : "halts by a storage fault");
            host.trace("halts");
            host.later(World.exponential(random, 2_000_000), server::crash);
        }
    }

    boolean hasHalted() {
        return halted;
    }

    /** What the core has done is seen by its clients now. */
    void turnEnded() {
        Publication shared = publication;
        if (shared != null) {
            world.oracle().published(server.id(), shared.root());
        }
        for (Connection connection : connections) {
            connection.wakeIfNoted(host.wakeUpTime());
        }
    }

    // ---- its clients

    /** A client's connection arrives. */
    void accept(Connection connection) {
        if (clients == null) {
            connection.refuse();
        } else {
            connections.add(connection);
            connection.opened(this, clients);
        }
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    /** No session is held for a connection that has been closed for a while. */
    void requireForgotten(ClientSocket.@Nullable Listener gone) {
        if (core != null && !halted && Holders.of(core).anyMatch(holder -> holder.equals(gone))) {
            throw new SimFailure("Server " + server.id() + " holds a session for a connection that is long gone");
        }
    }

    // ---- what it is

    RoleView role() {
        return core == null ? RoleView.looking() : core.role();
    }

    /** Whether its log has room for more, as far as it knows: it looks again once a second. */
    boolean isWritable() {
        return node != null && node.writable();
    }

    @Nullable
    Publication publication() {
        return publication;
    }

    /** The members as it knows them; null before it has recovered. */
    @Nullable
    Membership membership() {
        return node == null ? null : node.membership();
    }

    void resign() {
        if (core != null) {
            core.resign();
        }
    }

    /** Whether it is cut off, and serves those who are content to read. */
    boolean servesReadersAlone() {
        return core != null && core.isReadOnly();
    }
}
