package io.pando.test.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network between the servers of an ensemble: a relay for each port and each pair of who connects to whom, so that links can be
 * cut one by one and direction by direction.
 *
 * <p>All servers have the same configuration, in which each is called by a name. Where a name leads is told to each process by a
 * hosts file of its own: its own name to where it listens, the other names to the relays between it and them. These listen on the
 * ports of the servers they lead to, at loopback addresses of their own.
 */
final class PeerLinks implements AutoCloseable {
    private final Path folder;
    private final Map<Pair, List<Relay>> relays = new HashMap<>();

    private record Pair(int from, int to) {}

    /** {@code ports}: those on which a server listens for the others, by its id. */
    PeerLinks(Path folder, Map<Integer, List<Integer>> ports) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        for (int from : ports.keySet()) {
            List<String> hosts = new ArrayList<>(List.of("127.0.0.1 localhost", "127.0.0.1 " + name(from)));
            for (Map.Entry<Integer, List<Integer>> other : ports.entrySet()) {
                int to = other.getKey();
                if (from == to) continue;
                InetAddress between = InetAddress.getByName("127.1." + from + "." + to);
                hosts.add(between.getHostAddress() + " " + name(to));
                List<Relay> ofPair = new ArrayList<>();
                for (int port : other.getValue()) ofPair.add(relay(between, port));
                relays.put(new Pair(from, to), ofPair);
            }
            Files.write(hostsFile(from), hosts);
        }
    }

    private static Relay relay(InetAddress between, int port) throws IOException {
        return Relay.between(
                new InetSocketAddress(between, port), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** The host of a server, in the configuration of all. */
    static String name(int id) {
        return "server-" + id;
    }

    /** What tells the process of server {@code id} where the names lead. */
    String jvmOption(int id) {
        return "-Djdk.net.hosts.file=" + hostsFile(id);
    }

    private Path hostsFile(int id) {
        return folder.resolve("hosts-" + id + ".txt").toAbsolutePath();
    }

    /** Nothing that {@code from} says reaches {@code to} any more, whoever connected. */
    void cut(int from, int to) {
        relays.getOrDefault(new Pair(from, to), List.of()).forEach(Relay::silenceToServer);
        relays.getOrDefault(new Pair(to, from), List.of()).forEach(Relay::silenceToClient);
    }

    /** All connections between two servers break, and new ones are possible. */
    void reset(int one, int other) {
        relays.getOrDefault(new Pair(one, other), List.of()).forEach(Relay::cut);
        relays.getOrDefault(new Pair(other, one), List.of()).forEach(Relay::cut);
    }

    /** All that is said between servers takes so much longer. */
    void delay(int ms) {
        relays.values().forEach(ofPair -> ofPair.forEach(relay -> relay.delay(ms)));
    }

    /** Everything passes again, also what was held back. */
    void heal() {
        relays.values().forEach(ofPair -> ofPair.forEach(Relay::heal));
    }

    @Override
    public void close() {
        relays.values().forEach(ofPair -> ofPair.forEach(Relay::close));
    }
}
