package io.pando.zab.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.Hello;
import io.pando.zab.model.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots from server to server, on the members' second port: in checksummed chunks from file to file, never as a whole in
 * memory, resumed where a connection was lost. It has an event loop of its own, {@code pando-bulk}, and one thread each for
 * reading and for writing files. Design: zab.md sections 4.2 and 6.
 */
public final class BulkChannel implements SnapshotTransport {
    private static final Logger log = LoggerFactory.getLogger(BulkChannel.class);
    private static final Duration FIRST_REDIAL = Duration.ofMillis(50);
    private static final Duration MAX_REDIAL = Duration.ofSeconds(1);
    private static final long STOP_SECONDS = 5;

    private final BulkConfig config;
    private final Supplier<Hello> hello;
    private final SnapshotShelf shelf;
    private final LoopThread thread = new LoopThread("pando-bulk", Duration.ZERO);
    private final Network network;
    private final ExecutorService reading = worker("pando-bulk-read");
    private final ExecutorService writing = worker("pando-bulk-write");
    private final Pace pace;
    // Those under way: added by whoever fetches, removed by whoever completes them, ended by who closes.
    private final Set<SnapshotFetch> fetches = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress address;

    private BulkChannel(BulkConfig config, Supplier<Hello> hello, SnapshotShelf shelf) throws IOException {
        this.config = config;
        this.hello = hello;
        this.shelf = shelf;
        this.pace = new Pace(config.bytesPerSecond());
        this.network = new Network(
                thread.loop(),
                "pando-bulk-resolve",
                InetAddress::getAllByName,
                config.handshakeTimeout(),
                config.progressTimeout());
        try {
            this.address = network.listen(config.listen(), this::accepted);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts to give away what is on the shelf.
     *
     * @param hello asked at every handshake, on an event loop
     */
    public static BulkChannel open(BulkConfig config, Supplier<Hello> hello, SnapshotShelf shelf) throws IOException {
        return new BulkChannel(config, hello, shelf);
    }

    /** Where it listens; the port is the real one where 0 was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public CompletableFuture<Long> fetch(Member from, long atLeastZxid, SnapshotSink sink) {
        Backoff backoff = new Backoff(FIRST_REDIAL, MAX_REDIAL, RandomGenerator.getDefault());
        SnapshotFetch fetch = new SnapshotFetch(from, atLeastZxid, sink, network, hello, config, writing, backoff);
        fetches.add(fetch);
        fetch.result().whenComplete((zxid, failure) -> fetches.remove(fetch));
        network.run(fetch::begin);
        return fetch.result();
    }

    private ChannelHandler accepted() {
        return Handshake.accepting(
                Greeting.Purpose.SNAPSHOTS,
                hello.get(),
                config.handshakeTimeout(),
                new Handshake.Outcome() {
                    @Override
                    public void agreed(Channel channel, Hello theirs) {
                        new SnapshotServing(network, channel, shelf, reading, pace, config.progressTimeout()).begin();
                    }

                    @Override
                    public void refused(Channel channel, String why) {
                        log.debug("Refused {}: {}", channel.remoteAddress(), why);
                    }
                },
                id -> false);
    }

    private static ExecutorService worker(String name) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // each transfer has a few tasks in it at most
                new DefaultThreadFactory(name, true),
                (task, stopped) -> task.run()); // what comes after the end only closes what was open
    }

    @Override
    public void close() {
        fetches.forEach(fetch -> fetch.result().completeExceptionally(new IOException("This server stops")));
        network.close();
        stop(reading);
        stop(writing);
        thread.close();
    }

    private static void stop(ExecutorService worker) {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A file is still being read or written for a snapshot after {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
