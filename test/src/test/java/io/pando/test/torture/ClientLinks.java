package io.pando.test.torture;

import io.pando.test.harness.Member;
import io.pando.test.harness.Relay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The way of all clients to the servers: a relay to each, and in front of it one that lies, if that is wanted. */
final class ClientLinks implements AutoCloseable {
    private final Map<Integer, Relay> relays = new TreeMap<>();
    private final List<LyingRelay> liars = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    private ClientLinks() {}

    /** {@code lies} counts how often somebody is lied to. */
    static ClientLinks to(List<Member> servers, Broken broken, long seed, AtomicInteger lies) throws IOException {
        ClientLinks links = new ClientLinks();
        try {
            Memory memory = new Memory();
            for (Member server : servers) {
                Relay relay = Relay.to(server.port());
                links.relays.put(server.id(), relay);
                if (broken == Broken.NOT) {
                    links.addresses.add(relay.connectString());
                } else {
                    LyingRelay liar = LyingRelay.to(relay.connectString(), broken, memory, seed + server.id(), lies);
                    links.liars.add(liar);
                    links.addresses.add(liar.connectString());
                }
            }
            return links;
        } catch (IOException | RuntimeException e) {
            links.close();
            throw e;
        }
    }

    /** For clients that may be attached to any server. */
    String connectString() {
        return String.join(",", addresses);
    }

    Relay to(Member server) {
        Relay relay = relays.get(server.id());
        if (relay == null) throw new IllegalArgumentException("No link to " + server);
        return relay;
    }

    /** All connections of this moment end. */
    void breakAll() {
        relays.values().forEach(Relay::cut);
    }

    /** All links are as good as ever. */
    void heal() {
        relays.values().forEach(Relay::heal);
    }

    @Override
    public void close() {
        liars.forEach(LyingRelay::close);
        relays.values().forEach(Relay::close);
    }
}
