package io.pando.test.bench.target;

import java.net.InetSocketAddress;
import java.util.List;

/** What is loaded: one server or an ensemble; sessions spread over its addresses. */
public interface Target {
    /** The column heading of its figures. */
    String name();

    List<InetSocketAddress> addresses();

    /** The processes of this machine that belong to it, as far as known: their CPU time isn't somebody else's. */
    List<Long> pids();

    /** A server that somebody else runs. */
    record Remote(InetSocketAddress address) implements Target {
        @Override
        public String name() {
            return address.getHostString() + ":" + address.getPort();
        }

        @Override
        public List<InetSocketAddress> addresses() {
            return List.of(address);
        }

        @Override
        public List<Long> pids() {
            return List.of();
        }
    }
}
