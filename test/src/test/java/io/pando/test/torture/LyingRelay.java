package io.pando.test.torture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in front of a server and is not honest with its clients. Every connection is a {@link Conversation}. */
final class LyingRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Broken broken;
    private final Memory memory;
    private final Random seeds;
    private final AtomicInteger lies;

    private LyingRelay(InetSocketAddress server, Broken broken, Memory memory, long seed, AtomicInteger lies)
            throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.broken = broken;
        this.memory = memory;
        this.seeds = new Random(seed);
        this.lies = lies;
    }

    static LyingRelay to(String hostAndPort, Broken broken, Memory memory, long seed, AtomicInteger lies)
            throws IOException {
        int colon = hostAndPort.indexOf(':');
        var address = new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
        LyingRelay relay = new LyingRelay(address, broken, memory, seed, lies);
        Thread.ofPlatform().daemon().name("liar-accept").start(relay::accept);
        return relay;
    }

    String connectString() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = new Socket();
                upstream.connect(server);
                new Conversation(client, upstream, broken, memory, new Random(seeds.nextLong()), lies).start();
            } catch (IOException e) {
                // The listener was closed, or there is nobody behind it, which the client will notice.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
