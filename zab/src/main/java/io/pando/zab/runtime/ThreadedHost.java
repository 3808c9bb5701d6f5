package io.pando.zab.runtime;

import io.pando.zab.log.LogWork;
import io.pando.zab.message.Hello;
import io.pando.zab.transport.BulkChannel;
import io.pando.zab.transport.BulkConfig;
import io.pando.zab.transport.LinkListener;
import io.pando.zab.transport.NettyPeerTransport;
import io.pando.zab.transport.SnapshotShelf;
import io.pando.zab.transport.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A process with threads of its own, on a machine with a clock and sockets. */
public final class ThreadedHost implements Host {

    @Override
    public Clock clock() {
        return Clock.OF_THE_MACHINE;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Worker worker(String name) {
        ExecutorService thread = Executors.newSingleThreadExecutor(named(name));
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
    public Timer timer(String name) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(named(name));
        return new Timer() {
            @Override
            public void in(long nanos, Runnable action) {
                thread.schedule(action, nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                thread.shutdownNow();
            }
        };
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
        NettyPeerTransport transport =
                NettyPeerTransport.open(TransportConfig.of(config.serverId(), peers), hello, links);
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
}
