package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Connections without sessions, spread over the servers in turn; they end with their loop. */
record BareConnections(List<Connection> connections) implements Opened {
    static Opened open(LoadLoop loop, List<InetSocketAddress> servers, int count) {
        return new BareConnections(IntStream.range(0, count)
                .mapToObj(i -> loop.connect(servers.get(i % servers.size()), new Silence()))
                .toList());
    }

    @Override
    public void close() {}

    /** Until somebody says what is to be said. */
    private static final class Silence implements Conversation {
        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {}
    }
}
