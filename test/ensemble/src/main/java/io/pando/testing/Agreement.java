package io.pando.testing;

import java.util.List;
import java.util.Optional;

/**
 * What the servers of an ensemble have come to, as somebody knows who also knows which faults were ordered: a leader that is cut off
 * counts for nothing, even before it has noticed.
 */
final class Agreement {
    private final List<TestServer> servers;
    private final Links links;

    Agreement(List<TestServer> servers, Links links) {
        this.servers = servers;
        this.links = links;
    }

    /** Who leads a quorum of servers that hear it. */
    Optional<TestServer> leader() {
        return servers.stream()
                .filter(candidate -> candidate.role().isLeading())
                .filter(candidate -> isQuorum(servers.stream()
                        .filter(server -> follows(server, candidate))
                        .count()))
                .findFirst();
    }

    /** Those that follow whoever leads now. */
    List<TestServer> followers() {
        return leader().map(leader -> servers.stream()
                        .filter(server -> server != leader && follows(server, leader))
                        .toList())
                .orElse(List.of());
    }

    /** Whether somebody leads, and everybody who runs and is linked with the leader serves. */
    boolean isServing() {
        return leader().map(leader -> servers.stream()
                        .filter(server -> isWithin(server, leader))
                        .allMatch(server -> follows(server, leader) && server.isServing()))
                .orElse(false);
    }

    /** Whether the session has ended on all servers that serve. */
    boolean isOver(long sessionId) {
        return leader().map(leader -> servers.stream()
                        .filter(server -> follows(server, leader))
                        .noneMatch(server -> server.knows(sessionId)))
                .orElse(false);
    }

    /** Whether there can be a leader: so many servers that run hear each other. */
    boolean isPossible() {
        return servers.stream()
                .anyMatch(candidate -> isQuorum(servers.stream()
                        .filter(server -> isWithin(server, candidate))
                        .count()));
    }

    private boolean isQuorum(long count) {
        return count > servers.size() / 2;
    }

    private boolean isWithin(TestServer server, TestServer leader) {
        return server.isRunning()
                && leader.isRunning()
                && !server.isPaused()
                && !leader.isPaused()
                && links.areLinked(server.id(), leader.id());
    }

    private boolean follows(TestServer server, TestServer leader) {
        var theirs = server.role();
        return isWithin(server, leader)
                && theirs.active()
                && theirs.leader() == leader.id()
                && theirs.epoch() == leader.role().epoch();
    }
}
