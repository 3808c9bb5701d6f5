package io.pando.zab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.log.LogFigures;
import io.pando.zab.model.Member;
import io.pando.zab.model.Member.Role;
import io.pando.zab.model.Membership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers in one process, over real sockets and files: they agree, survive the loss of any one, and let it in again. */
@Timeout(60)
class EnsembleTest {
    private static final int SERVERS = 3;
    private static final Duration TWICE_THE_PATIENCE_OF_FOLLOWERS = TestServer.PATIENCE.multipliedBy(2);

    @TempDir
    Path dir;

    private final List<TestServer> servers = new ArrayList<>();

    @AfterEach
    void stopAll() {
        servers.forEach(TestServer::kill);
    }

    @Test
    void what_one_proposes_all_deliver_in_one_order() throws Exception {
        startAll();
        TestServer leader = awaitLeader();
        for (int i = 0; i < 1000; i++) {
            leader.propose("txn " + i);
        }

        await(() -> servers.stream().allMatch(server -> server.entries().size() == 1000));
        assertEquals(leader.entries(), servers.get(0).entries());
        assertEquals(leader.entries(), servers.get(1).entries());
        assertEquals(leader.entries(), servers.get(2).entries());
    }

    @Test
    void another_leads_when_the_leader_is_gone_and_it_catches_up_when_it_is_back() throws Exception {
        startAll();
        TestServer first = awaitLeader();
        first.propose("before");
        await(() -> servers.stream().allMatch(server -> server.entries().size() == 1));

        first.kill();
        TestServer second = awaitLeader();
        second.propose("meanwhile");
        await(() -> second.entries().size() == 2);
        first.start();

        await(() -> first.entries().size() == 2);
        assertEquals(second.entries(), first.entries());
        assertTrue(first.isUp() && second.isUp());
    }

    @Test
    void one_that_was_away_for_longer_than_the_log_gets_a_snapshot() throws Exception {
        startAll();
        TestServer leader = awaitLeader();
        leader.propose("before");
        await(() -> servers.stream().allMatch(server -> server.entries().size() == 1));
        TestServer away = servers.stream()
                .filter(server -> !server.equals(leader))
                .findFirst()
                .orElseThrow();
        away.kill();
        for (int i = 0; i < 3000; i++) {
            leader.propose("txn " + i + "x".repeat(100));
        }
        await(() -> leader.entries().size() == 3001 && leader.hasPurged());

        away.start();

        await(() -> away.entries().size() == 3001);
        assertEquals(leader.entries(), away.entries());
    }

    @Test
    void one_that_lost_its_directory_is_taken_in_again() throws Exception {
        startAll();
        TestServer leader = awaitLeader();
        leader.propose("before");
        await(() -> servers.stream().allMatch(server -> server.entries().size() == 1));
        TestServer victim = servers.stream()
                .filter(server -> !server.equals(leader))
                .findFirst()
                .orElseThrow();
        victim.kill();
        victim.wipe();

        victim.start();

        await(() -> victim.entries().size() == 1);
        await(() -> servers.stream().allMatch(server -> server.knowsAsVoter(victim)));
    }

    @Test
    void a_request_of_any_reaches_the_leader_and_a_barrier_passes_everywhere() throws Exception {
        startAll();
        awaitLeader();
        for (TestServer server : servers) {
            await(server::isActive);
            server.forward("from " + server.id());
            server.barrier();
        }

        await(() -> servers.stream().allMatch(server -> server.entries().size() == SERVERS && server.barriers() == 1));
    }

    /** It writes on the others' disks, and is heard of all the time. */
    @Test
    void a_leader_whose_disk_stalls_for_less_than_five_seconds_goes_on_leading() throws Exception {
        startAll();
        TestServer leader = awaitLeader();
        await(() -> servers.stream().allMatch(TestServer::isActive));
        leader.propose("before"); // a sync or two, so that the disk passes for a fast one
        await(() -> servers.stream().allMatch(server -> server.entries().size() == 1));
        int epoch = leader.epoch();

        leader.disk().stall();
        try {
            long end = System.nanoTime() + TWICE_THE_PATIENCE_OF_FOLLOWERS.toNanos();
            for (int written = 2; System.nanoTime() - end < 0; written++) {
                int expected = written;
                leader.propose("txn " + written);
                await(() -> servers.stream().allMatch(server -> server.entries().size() == expected));
            }
        } finally {
            leader.disk().goOn();
        }

        assertTrue(leader.isLeading());
        assertEquals(epoch, leader.epoch());
    }

    @Test
    void a_planned_stop_hands_leadership_over() throws Exception {
        startAll();
        TestServer first = awaitLeader();
        await(() -> servers.stream().allMatch(TestServer::isActive));

        first.resign();

        // The first may be seen to lead until it has ended the turn in which it handed over.
        await(() ->
                !first.isLeading() && servers.stream().anyMatch(server -> !server.equals(first) && server.isLeading()));
    }

    /** Whom the others don't know they don't dial, and a lower id usually waits to be dialed. */
    @Test
    void a_newcomer_with_the_lowest_id_that_nobody_has_heard_of_learns_everything() throws Exception {
        List<Member> members = startAll();
        TestServer leader = awaitLeader();
        await(() -> servers.stream().allMatch(TestServer::isActive));
        leader.propose("before");
        List<Integer> ports = freePorts(2);
        members.add(member(0, ports.get(0), ports.get(1)));

        TestServer newcomer = new TestServer(0, new Membership(0, members), dir.resolve("newcomer"));
        servers.add(newcomer);
        newcomer.start();

        await(() -> newcomer.isActive() && newcomer.entries().size() == 1);
        leader.propose("after");
        await(() -> newcomer.entries().size() == 2);
    }

    @Test
    void one_that_waits_for_the_others_for_the_first_time_has_written_nothing_and_has_room() throws Exception {
        TestServer early = new TestServer(1, new Membership(0, members()), dir.resolve("server1"));
        try (ZabNode node = early.open()) {
            assertEquals(new LogFigures(0, 0, 0, 0, 0, 0), node.figures());
            assertTrue(node.writable());
        }
    }

    private List<Member> startAll() throws IOException {
        List<Member> members = members();
        for (int id = 1; id <= SERVERS; id++) {
            TestServer server = new TestServer(id, new Membership(0, members), dir.resolve("server" + id));
            servers.add(server);
            server.start();
        }
        return members;
    }

    private static List<Member> members() throws IOException {
        List<Integer> ports = freePorts(2 * SERVERS);
        List<Member> members = new ArrayList<>();
        for (int id = 1; id <= SERVERS; id++) {
            members.add(member(id, ports.get(2 * id - 2), ports.get(2 * id - 1)));
        }
        return members;
    }

    private static Member member(int id, int peerPort, int bulkPort) {
        return new Member(id, "127.0.0.1", peerPort, bulkPort, Role.PARTICIPANT, 1, 0, "", Member.ANY_DATA);
    }

    /**
     * Every server has to know the ports of the others before it starts, so they are chosen first and taken again: all are looked for
     * before any is used, so that they differ.
     */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> probes = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                probes.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return probes.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket probe : probes) {
                probe.close();
            }
        }
    }

    private TestServer awaitLeader() throws InterruptedException {
        while (true) {
            Optional<TestServer> leader =
                    servers.stream().filter(TestServer::isLeading).findFirst();
            if (leader.isPresent()) {
                return leader.get();
            }
            TestServer.awaitNews();
        }
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TestServer.awaitNews();
        }
    }
}
