package io.pando.test.bench.target;

import io.pando.server.ensemble.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a server listens: on loopback, alone or as one of several.
 *
 * @param id among the others; 0 if there are none
 * @param settings that say so to the server, but for its own id, which each kind is told in its own way; and what else it is told
 */
record Seat(int id, int clientPort, Map<String, String> settings) {
    private static final String LOOPBACK = "127.0.0.1";

    Seat {
        settings = Map.copyOf(settings);
    }

    static Seat alone() {
        int port = freePorts(1).getFirst();
        return new Seat(0, port, Map.of("clientPort", Integer.toString(port), "clientPortAddress", LOOPBACK));
    }

    /** Of all servers of an ensemble. */
    static List<Seat> together(int servers) {
        var ports = freePorts(3 * servers);
        var lines = new TreeMap<String, String>();
        for (int i = 0; i < servers; i++) {
            lines.put(
                    "server." + (i + 1),
                    "%s:%d:%d:participant;%s:%d"
                            .formatted(LOOPBACK, ports.get(3 * i), ports.get(3 * i + 1), LOOPBACK, ports.get(3 * i + 2)));
        }
        var seats = new ArrayList<Seat>();
        for (int i = 0; i < servers; i++) {
            seats.add(new Seat(i + 1, ports.get(3 * i + 2), lines));
        }
        return seats;
    }

    private static List<Integer> freePorts(int count) {
        try {
            return FreePorts.choose(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With more settings, by names that both kinds of server know. */
    Seat with(Map<String, String> more) {
        var all = new TreeMap<>(settings);
        all.putAll(more);
        return new Seat(id, clientPort, all);
    }

    boolean isMember() {
        return id > 0;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort);
    }
}
