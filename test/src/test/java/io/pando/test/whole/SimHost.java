package io.pando.test.whole;

import io.pando.server.core.CoreHost;
import io.pando.server.core.CoreLoop;
import io.pando.zab.log.LogWork;
import io.pando.zab.message.Hello;
import io.pando.zab.runtime.Clock;
import io.pando.zab.runtime.EnsembleConfig;
import io.pando.zab.runtime.Host;
import io.pando.zab.runtime.PeerNetwork;
import io.pando.zab.runtime.PeerPorts;
import io.pando.zab.runtime.Timer;
import io.pando.zab.runtime.Worker;
import io.pando.zab.transport.LinkListener;
import io.pando.zab.transport.SnapshotShelf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a server runs on: a clock, threads and a network, in virtual time. Each of its threads gets to run some time after
 * it was woken, none while the process stands still, and none when it has ended.
 */
final class SimHost implements Host, CoreHost {
    private final Life life;
    private final SimServer server;
    private final World world;
    private final SplittableRandom random;
    private final long clockOffset;
    private final double clockRate;
    private final LogDriver log;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private @Nullable SimTransport transport;
    private @Nullable SimSnapshots snapshots;
    private boolean ended;
    private boolean paused;

    SimHost(Life life, SimServer server, World world, SplittableRandom random, double clockRate) {
        this.life = life;
        this.server = server;
        this.world = world;
        this.random = random;
        this.clockRate = clockRate;
        this.clockOffset = random.nextLong(1L << 40);
        this.log = new LogDriver(life, this, server);
    }

    long serverId() {
        return server.id();
    }

    void count(String what) {
        world.coverage().count(what);
    }

    void trace(String what) {
        world.trace(server.toString(), what);
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

    boolean isPaused() {
        return paused;
    }

    /** Nothing happens in this process any more. */
    void end(boolean machineRuns) {
        ended = true;
        held.clear();
        if (transport != null) {
            transport.die(machineRuns);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether this is not the latest life of its server, which runs. */
    boolean isFollowedByAnother() {
        return ended && server.isUp();
    }

    // ---- clocks

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
    public Timer timer() {
        return (nanos, action) -> later((long) (nanos / clockRate) + 1, action);
    }

    // ---- threads

    /** How long a thread takes to get to run. */
    long wakeUpTime() {
        return World.exponential(random, world.profile().meanTurnNanos());
    }

    long diskTime() {
        return World.exponential(random, world.profile().meanSyncNanos());
    }

    @Override
    public RandomGenerator secrets() {
        return random;
    }

    @Override
    public <E> CoreLoop<E> loop(Consumer<E> handle, Runnable endTurn, Consumer<Throwable> onFailure) {
        return new CoreTurns<>(this, world, random, handle, endTurn);
    }

    /** The core has done something: others may have to. */
    void turnEnded() {
        log.look();
        life.turnEnded();
    }

    @Override
    public Worker worker(String name) {
        return new SimWorker(this);
    }

    @Override
    public int mostMessages() {
        return world.profile().bounds().messages();
    }

    @Override
    public void drive(LogWork begun) {
        log.drive(begun);
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

    @Override
    public void close() {}
}
