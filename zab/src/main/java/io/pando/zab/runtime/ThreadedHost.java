package io.pando.zab.runtime;

import io.netty.channel.IoEventLoop;
import io.pando.zab.log.LogWork;
import io.pando.zab.message.Hello;
import io.pando.zab.transport.BulkChannel;
import io.pando.zab.transport.BulkConfig;
import io.pando.zab.transport.LinkListener;
import io.pando.zab.transport.LoopThread;
import io.pando.zab.transport.NettyPeerTransport;
import io.pando.zab.transport.SnapshotShelf;
import io.pando.zab.transport.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A process with threads of its own, on a machine with a clock and sockets. What the core runs on, when it is up and running, also has
 * the links to other servers and the core's alarm: {@link #coreThread()}.
 */
public final class ThreadedHost implements Host {
    private static final int MOST_MESSAGES = 4096;

    private final LoopThread core;

    /** @param busyPoll for how long at most the core looks for news before it sleeps, when it has just been busy; 0 and above */
    public ThreadedHost(Duration busyPoll) {
        core = new LoopThread("pando-core", busyPoll);
    }

    /** The thread {@code pando-core}: what is given to it is done in the order in which it was given. */
    public IoEventLoop coreThread() {
        return core.loop();
    }

    @Override
    public Clock clock() {
        return Clock.OF_THE_MACHINE;
    }

    @Override
    public Worker worker(String name) {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, name);
            worker.setDaemon(true);
            return worker;
        });
        return new Worker() {
            @Override
            public void execute(Runnable task) {
                thread.execute(task);
            }

            @Override
            public void close() {
                thread.close();
            }
        };
    }

    @Override
    public Timer timer() {
        return (nanos, action) -> core.loop().schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int mostMessages() {
        return MOST_MESSAGES;
    }

    @Override
    public void drive(LogWork log) {
        log.startThreads();
    }

    @Override
    public PeerNetwork join(EnsembleConfig config, Supplier<Hello> hello, LinkListener links, SnapshotShelf shelf)
            throws IOException {
        InetSocketAddress peers = Objects.requireNonNull(config.peers());
        InetSocketAddress snapshots = Objects.requireNonNull(config.snapshots());
        NettyPeerTransport transport = NettyPeerTransport.open(
                TransportConfig.of(config.serverId(), peers, config.frames()), core.loop(), hello, links);
        try {
            BulkChannel bulk = BulkChannel.open(BulkConfig.of(snapshots), hello, shelf);
            PeerPorts ports =
                    new PeerPorts(transport.address().getPort(), bulk.address().getPort());
            return new PeerNetwork(transport, bulk, ports);
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    @Override
    public void close() {
        core.close();
    }
}
