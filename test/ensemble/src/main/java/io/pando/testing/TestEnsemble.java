package io.pando.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Real servers inside a test's own JVM, one or several that agree, with faults that the test orders.
 *
 * <pre>{@code
 * try (var ensemble = TestEnsemble.start(3);
 *         var client = new ZooKeeper(ensemble.connectString(), 10_000, event -> {})) {
 *     ensemble.leader().kill();
 *     // whatever the application does about that
 * }
 * }</pre>
 *
 * <p>Every method returns when what it says is true, or throws a {@link TestEnsembleException} that says what it waited for in vain. All
 * may be called by any thread. Several ensembles live in one JVM at the same time. What can't be shown inside one JVM is in {@code
 * docs/testing.md}.
 */
public final class TestEnsemble implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final DataFolder folder;
    private final List<String> settings = new ArrayList<>();
    private final Links links = new Links();
    private final List<TestServer> servers = new ArrayList<>();
    private final Agreement agreement = new Agreement(servers, links);
    private final Patience patience = new Patience(LONGEST, this::describe);

    TestEnsemble(int count, DataFolder folder, Map<String, String> given) throws IOException {
        this.folder = folder;
        given.forEach((key, value) -> settings.add(key + "=" + value));
        for (int id = 1; id <= count; id++) {
            servers.add(new TestServer(id, folder.of(id), links, this));
        }
        servers.forEach(server -> settings.add(server.line()));
    }

    /** Starts so many servers, which keep their data in a temporary folder, and returns when all of them serve. */
    public static TestEnsemble start(int servers) {
        return builder().servers(servers).start();
    }

    /** For an ensemble with settings of its own. */
    public static TestEnsembleBuilder builder() {
        return new TestEnsembleBuilder();
    }

    /** For clients that may be attached to any of the servers: {@code host:port,host:port}. */
    public String connectString() {
        return servers.stream().map(TestServer::connectString).collect(Collectors.joining(","));
    }

    /** All of them, by their numbers. */
    public List<TestServer> servers() {
        return List.copyOf(servers);
    }

    /**
     * One of them.
     *
     * @param id from 1 to the number of servers
     */
    public TestServer server(int id) {
        if (id < 1 || id > servers.size()) {
            throw new IllegalArgumentException("Servers are numbered from 1 to " + servers.size() + ", not " + id);
        }
        return servers.get(id - 1);
    }

    /** The server that a quorum follows; waits until there is one. One that is paused or cut off is not it, even before it knows. */
    public TestServer leader() {
        requirePossible();
        patience.until("somebody leads", () -> agreement.leader().isPresent());
        return agreement.leader().orElseGet(this::leader);
    }

    /** Those that follow the leader now; waits until there is one. */
    public List<TestServer> followers() {
        leader();
        return agreement.followers();
    }

    /** Returns when somebody leads, and every server serves that runs, isn't paused, and hears the leader. */
    public void awaitServing() {
        requirePossible();
        patience.until("all servers serve", agreement::isServing);
    }

    void awaitServingIfPossible() {
        if (agreement.isPossible()) {
            awaitServing();
        }
    }

    private void requirePossible() {
        if (!agreement.isPossible()) {
            throw new TestEnsembleException(
                    "Nobody will lead: there is no majority of servers that run and hear each other. " + describe());
        }
    }

    /** Cuts the link between two servers: nothing that either says from now on reaches the other. Their connections stay open. */
    public void cut(int one, int other) {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    /** Nothing that one server says from now on reaches the other, which is still heard. */
    public void cutOneWay(int from, int to) {
        links.cut(server(from).id(), server(to).id());
    }

    /** Cuts the links between a server and all others. Its clients still reach it. */
    public void isolate(int id) {
        servers.stream().filter(other -> other.id() != id).forEach(other -> cut(id, other.id()));
    }

    /** Cuts a server off from its clients: they get no answers and no refusals. The other servers still reach it. */
    public void cutClients(int id) {
        links.cut(Links.CLIENTS, server(id).id());
        links.cut(server(id).id(), Links.CLIENTS);
    }

    /**
     * Heals everything that was cut; what was held back arrives. Servers need a moment to find together again: see {@link
     * #awaitServing}.
     */
    public void heal() {
        links.heal();
    }

    /** Ends all faults: heals what is cut, resumes who is paused, starts who does not run; returns when all serve. */
    public void repair() {
        heal();
        servers.forEach(TestServer::resume);
        servers.stream().filter(server -> !server.isRunning()).forEach(TestServer::launch);
        awaitServing();
    }

    /**
     * Ends a session as if nothing had been heard of it for its whole timeout. When this returns its ephemerals are gone on all servers
     * that serve; its client learns of it when it asks or is told next.
     *
     * @throws IllegalArgumentException if no such session lives
     */
    public void expire(long sessionId) {
        if (!leader().knows(sessionId)) {
            throw new IllegalArgumentException("There is no session 0x" + Long.toHexString(sessionId));
        }
        patience.until("session 0x" + Long.toHexString(sessionId) + " is over", () -> {
            agreement.leader().ifPresent(leader -> leader.expire(sessionId));
            return agreement.isOver(sessionId);
        });
    }

    /** Kills all servers, gives back their ports and deletes the temporary folder. May be called again. */
    @Override
    public void close() {
        servers.forEach(TestServer::close);
        folder.delete();
    }

    /** What every server has in its configuration. */
    List<String> settings() {
        return settings;
    }

    Optional<TestServer> findLeader() {
        return agreement.leader();
    }

    Patience patience() {
        return patience;
    }

    private String describe() {
        return servers.stream().map(TestServer::describe).collect(Collectors.joining("; ", "", "."));
    }

    @Override
    public String toString() {
        return describe();
    }
}
