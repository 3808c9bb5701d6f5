package io.pando.test.whole;

import io.netty.channel.ChannelHandler;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.pando.server.auth.AccessControl;
import io.pando.server.connection.ClientSide;
import io.pando.server.connection.ConnectionRules;
import io.pando.server.connection.Listening;
import io.pando.server.core.Core;
import io.pando.server.core.CoreConfig;
import io.pando.server.core.CoreHost;
import io.pando.server.core.CoreLoop;
import io.pando.server.core.ReaperConfig;
import io.pando.server.core.SessionLimits;
import io.pando.server.core.Ticks;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.fourletter.ServerView;
import io.pando.server.request.Preparation;
import io.pando.server.request.QuotaRules;
import io.pando.server.request.WriteRules;
import io.pando.server.watch.Publication;
import io.pando.zab.core.RoleView;
import io.pando.zab.log.LogWork;
import io.pando.zab.log.NoSpaceException;
import io.pando.zab.message.Hello;
import io.pando.zab.model.Membership;
import io.pando.zab.runtime.Clock;
import io.pando.zab.runtime.EnsembleConfig;
import io.pando.zab.runtime.Halt;
import io.pando.zab.runtime.Host;
import io.pando.zab.runtime.PeerNetwork;
import io.pando.zab.runtime.PeerPorts;
import io.pando.zab.runtime.Timer;
import io.pando.zab.runtime.Worker;
import io.pando.zab.runtime.ZabConfig;
import io.pando.zab.runtime.ZabNode;
import io.pando.zab.sim.SimFailure;
import io.pando.zab.transport.LinkListener;
import io.pando.zab.transport.SnapshotShelf;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One server process, from its start to its end: the production's, put together as {@code PandoServer} does it. What it runs on is here:
 * each of its threads gets to run some time after it was woken, and none while the process stands still.
 */
final class Life implements Host, CoreHost {
    private static final long CHORES_NANOS = 50_000_000;
    private static final long RETRY_NANOS = World.SECOND;
    private static final int TICK_MS = 200;
    private static final int LOOK_EVERY_MS = 50;
    private static final int PAUSE_MS = 500;
    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 1);

    private final SimServer server;
    private final World world;
    private final SplittableRandom random;
    private final long clockOffset;
    private final double clockRate;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private @Nullable Core core;
    private @Nullable Publication publication;
    private @Nullable ZabNode node;
    private @Nullable ChannelHandler clients;
    private @Nullable SimTransport transport;
    private @Nullable SimSnapshots snapshots;
    private @Nullable LogWork log;
    private boolean writing;
    private boolean choresDue;
    private boolean ended;
    private boolean paused;
    private boolean halted;

    Life(SimServer server, World world, SplittableRandom random, double clockRate) {
        this.server = server;
        this.world = world;
        this.random = random;
        this.clockRate = clockRate;
        this.clockOffset = random.nextLong(1L << 40);
    }

    long serverId() {
        return server.id();
    }

    // ---- from start to end

    void start() throws IOException {
        Profile profile = world.profile();
        AccessControl access = new AccessControl("SHA1", null, true);
        ClientSide side =
                new ClientSide(clock(), worker("pando-four-letter"), 256L << 20, loop -> profile.clientsOnCore());
        ServerFigures figures = new ServerFigures();
        Core starting = new Core(
                new CoreConfig(
                        (int) server.id(),
                        new SessionLimits(TICK_MS, 2 * TICK_MS, 100 * TICK_MS),
                        new ReaperConfig(60_000, 10_000, 0),
                        new Ticks(LOOK_EVERY_MS, PAUSE_MS),
                        profile.readOnlyMode()),
                this,
                figures,
                new Preparation(new WriteRules(access, new QuotaRules(false), true, false)),
                side::wake,
                failure -> {
                    throw new SimFailure("The core of server " + server.id() + " failed", failure);
                });
        core = starting;
        ZabNode node = ZabNode.start(
                zabConfig(profile),
                this,
                server.disk(),
                new Observed(starting.stateMachine(), server.id(), world),
                new SplittableRandom(random.nextLong()),
                starting::doorbell,
                this::halt);
        this.node = node;
        Publication shared = starting.start(node, access);
        publication = shared;
        clients = side.handler(
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
                new FourLetterWords(nobodyAsks()),
                new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE));
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
        later(LOOK_EVERY_MS * 1_000_000L, () -> {
            ticking.tick();
            tickLater(ticking);
        });
    }

    /** The process ends here and now. */
    void end(boolean machineRuns) {
        ended = true;
        held.clear();
        if (transport != null) {
            transport.die(machineRuns);
        }
        connections.forEach(connection -> connection.serverDied(machineRuns));
        connections.clear();
    }

    private void halt(Halt halt) {
        if (halt.startsAnew()) {
            world.oracle().outvoted(server.id(), halt.reason());
            halted = true;
            trace("disowns its data: " + halt.reason());
            later(World.exponential(random, 2_000_000), server::crash);
            return;
        }
        boolean noRoom = server.isFull() && halt.cause() instanceof NoSpaceException;
        if (!server.mayFail() && !noRoom) {
            throw new SimFailure("Server " + server.id() + " halts without a fault: " + halt.reason(), halt.cause());
        }
        if (!halted) {
            halted = true;
            world.coverage().count(noRoom ? "halts by a full disk" : "halts by a storage fault");
            world.trace(server.toString(), "halts");
            later(World.exponential(random, 2_000_000), server::crash);
        }
    }

    /** The process stands still, its machine lives on. */
    void pause(long nanos) {
        if (!paused) {
            paused = true;
            world.scheduler().in(nanos, this::resume);
        }
    }

    private void resume() {
        paused = false;
        while (!paused && !ended && !held.isEmpty()) {
            held.remove().run();
        }
    }

    // ---- when things happen

    /** Something in this process happens in so many nanoseconds, or when it gets to run after that. */
    void later(long nanos, Runnable action) {
        world.scheduler().in(nanos, () -> now(action));
    }

    void now(Runnable action) {
        if (paused && !ended) {
            held.add(action);
        } else if (!ended) {
            action.run();
        }
    }

    void count(String what) {
        world.coverage().count(what);
    }

    void trace(String what) {
        world.trace(server.toString(), what);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether this is not the latest life of its server, which runs. */
    boolean isFollowedByAnother() {
        return ended && server.isUp();
    }

    private long wakeUpTime() {
        return World.exponential(random, world.profile().meanTurnNanos());
    }

    long diskTime() {
        return World.exponential(random, world.profile().meanSyncNanos());
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public long nanoTime() {
                return clockOffset + (long) (world.nowNanos() * clockRate);
            }

            @Override
            public long wallMs() {
                return 1_700_000_000_000L + world.nowMs();
            }
        };
    }

    @Override
    public RandomGenerator secrets() {
        return random;
    }

    @Override
    public <E> CoreLoop<E> loop(Consumer<E> handle, Runnable endTurn, Consumer<Throwable> onFailure) {
        return new Turns<>(handle, endTurn);
    }

    private final class Turns<E> implements CoreLoop<E> {
        private final Consumer<E> handle;
        private final Runnable endTurn;
        private final Deque<E> events = new ArrayDeque<>();
        private boolean started;
        private boolean due;

        Turns(Consumer<E> handle, Runnable endTurn) {
            this.handle = handle;
            this.endTurn = endTurn;
        }

        @Override
        public void start() {
            started = true;
            turnSoon();
        }

        private void turnSoon() {
            if (started && !due && !events.isEmpty()) {
                due = true;
                later(wakeUpTime(), this::turn);
            }
        }

        private void turn() {
            due = false;
            for (int left = 1 + random.nextInt(64); left > 0 && !events.isEmpty(); left--) {
                handle.accept(events.remove());
            }
            endTurn.run();
            lookAtLog();
            Publication shared = publication;
            if (shared != null) {
                world.oracle().published(server.id(), shared.root());
            }
            for (Connection connection : connections) {
                connection.wakeIfNoted(wakeUpTime());
            }
            turnSoon();
        }

        @Override
        public boolean offer(E event) {
            if (events.size() >= world.profile().bounds().ringPlaces()) {
                world.coverage().count("events that a full ring has no place for");
                return false;
            }
            events.add(event);
            turnSoon();
            return true;
        }

        @Override
        public void stop() {
            started = false;
        }

        @Override
        public void halt() {
            started = false;
        }
    }

    @Override
    public Worker worker(String name) {
        return new Worker() {
            private final Deque<Runnable> tasks = new ArrayDeque<>();

            @Override
            public void execute(Runnable task) {
                tasks.add(task);
                if (tasks.size() == 1) {
                    later(diskTime(), this::doNext);
                }
            }

            private void doNext() {
                tasks.element().run();
                tasks.remove();
                if (!tasks.isEmpty()) {
                    later(diskTime(), this::doNext);
                }
            }

            @Override
            public void close() {
                tasks.clear();
            }
        };
    }

    @Override
    public Timer timer() {
        return (nanos, action) -> later((long) (nanos / clockRate) + 1, action);
    }

    @Override
    public void close() {}

    // ---- the disk

    @Override
    public void drive(LogWork begun) {
        log = begun;
        writing = false;
    }

    private void lookAtLog() {
        LogWork work = log;
        if (work != null && !writing && !work.isIdle()) {
            writing = true;
            later(diskTime(), () -> writeGroup(work));
        }
    }

    private void writeGroup(LogWork work) {
        if (!work.equals(log) || halted) {
            return;
        }
        try {
            if (server.isFull() && !work.hasRoom()) {
                world.coverage().count("writes that wait for room");
                later(RETRY_NANOS, () -> writeGroup(work));
                return;
            }
        } catch (IOException e) {
            halt(new Halt("preparing the next log segment failed", e));
            return;
        }
        writing = false;
        work.writeGroup();
        choresSoon();
        lookAtLog();
    }

    private void choresSoon() {
        if (!choresDue) {
            choresDue = true;
            later(CHORES_NANOS, this::doChores);
        }
    }

    private void doChores() {
        choresDue = false;
        LogWork work = log;
        if (work == null || halted) {
            return;
        }
        try {
            work.writeHintIfIdle();
            if (work.prepareIfWanted()) {
                world.coverage().count("no room for a segment");
                later(RETRY_NANOS, this::doChores);
            }
        } catch (IOException e) {
            halt(new Halt("preparing the next log segment failed", e));
        }
    }

    // ---- the network

    @Override
    public PeerNetwork join(EnsembleConfig config, Supplier<Hello> hello, LinkListener listener, SnapshotShelf shelf) {
        SimTransport opened = new SimTransport(this, world.links(), hello, listener);
        SimSnapshots fetching = new SimSnapshots(this, world, shelf);
        transport = opened;
        snapshots = fetching;
        return new PeerNetwork(opened, fetching, new PeerPorts(1, 1));
    }

    @Nullable
    SimTransport transport() {
        return transport;
    }

    @Nullable
    SimSnapshots snapshots() {
        return snapshots;
    }

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

    // ---- what it is

    RoleView role() {
        return core == null ? RoleView.looking() : core.role();
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

    boolean isPaused() {
        return paused;
    }
}
