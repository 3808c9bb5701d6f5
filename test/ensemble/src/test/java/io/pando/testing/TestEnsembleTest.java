package io.pando.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.SessionExpiredException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Three servers, the faults that a test can order, and what a client of Apache's sees of them. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestEnsembleTest {
    private static final int SHORT_MS = 4_000;

    private final TestEnsemble ensemble = TestEnsemble.start(3);

    @BeforeEach
    void repair() {
        ensemble.repair();
    }

    @AfterAll
    void close() {
        ensemble.close();
    }

    @Test
    void a_client_keeps_its_session_and_data_when_the_leader_is_killed() throws Exception {
        try (var client = new AClient(ensemble.connectString())) {
            client.create("/kept", CreateMode.EPHEMERAL);
            client.setUntilDone("/kept", "before");
            long session = client.sessionId();
            TestServer killed = ensemble.leader();

            killed.kill();

            assertNotEquals(killed, ensemble.leader());
            assertEquals("before", client.get("/kept"));
            client.setUntilDone("/kept", "after");
            assertEquals(session, client.sessionId());

            killed.start();
            assertTrue(ensemble.followers().contains(killed));
            try (var reader = new AClient(killed.connectString())) {
                assertEquals("after", reader.get("/kept"));
            }
        }
    }

    @Test
    void an_expired_session_loses_its_ephemerals_everywhere_and_its_client_is_told() throws Exception {
        TestServer follower = ensemble.followers().get(0);
        try (var expired = new AClient(follower.connectString());
                var other = new AClient(ensemble.connectString())) {
            expired.create("/mine", CreateMode.EPHEMERAL);

            ensemble.expire(expired.sessionId());

            assertFalse(other.exists("/mine"));
            expired.await(KeeperState.Expired);
            assertThrows(SessionExpiredException.class, () -> expired.exists("/"));
            assertTrue(other.state().isConnected());
        }
    }

    @Test
    void a_session_that_nobody_has_cannot_expire() {
        assertThrows(IllegalArgumentException.class, () -> ensemble.expire(0x1234));
    }

    @Test
    void a_leader_that_is_cut_off_is_followed_by_nobody_and_follows_when_that_heals() throws Exception {
        TestServer cutOff = ensemble.leader();
        try (var client = new AClient(cutOff.connectString())) {
            client.create("/cut", CreateMode.PERSISTENT);

            ensemble.isolate(cutOff.id());

            assertNotEquals(cutOff, ensemble.leader());
            client.await(KeeperState.Disconnected); // a server without a quorum sends its clients away
            try (var there = new AClient(ensemble.leader().connectString())) {
                there.setUntilDone("/cut", "elsewhere");
            }
            assertFalse(cutOff.isServing());

            ensemble.heal();
            ensemble.awaitServing();
            assertFalse(cutOff.isLeader());
            client.await(KeeperState.SyncConnected);
            assertEquals("elsewhere", client.get("/cut"));
        }
    }

    @Test
    void one_cut_link_between_followers_is_noticed_by_no_client() throws Exception {
        List<TestServer> followers = ensemble.followers();
        ensemble.cut(followers.get(0).id(), followers.get(1).id());

        try (var client = new AClient(followers.get(0).connectString())) {
            client.create("/followers", CreateMode.PERSISTENT);
            assertTrue(client.exists("/followers"));
        }
        assertEquals(Set.copyOf(followers), Set.copyOf(ensemble.followers()));
    }

    @Test
    void a_follower_that_does_not_hear_the_leader_serves_nobody_although_it_is_heard() {
        TestServer leader = ensemble.leader();
        TestServer deaf = ensemble.followers().get(0);

        ensemble.cutOneWay(leader.id(), deaf.id());

        ensemble.patience().until("the deaf one has lost its leader", () -> !deaf.isServing());
        assertEquals(leader, ensemble.leader());
        assertFalse(ensemble.followers().contains(deaf));
    }

    @Test
    void a_paused_leader_is_replaced_and_follows_when_it_goes_on() throws Exception {
        TestServer paused = ensemble.leader();
        try (var client = new AClient(ensemble.followers().get(0).connectString())) {
            client.create("/paused", CreateMode.PERSISTENT);

            paused.pause();

            assertNotEquals(paused, ensemble.leader());
            client.setUntilDone("/paused", "by another leader");

            paused.resume();
            ensemble.awaitServing();
            assertTrue(ensemble.followers().contains(paused));
            try (var reader = new AClient(paused.connectString())) {
                assertEquals("by another leader", reader.get("/paused"));
            }
        }
    }

    @Test
    void a_server_that_is_killed_while_it_is_paused_starts_again_and_goes_on() throws Exception {
        TestServer server = ensemble.leader();
        server.pause();

        server.kill();
        server.start();

        assertTrue(server.isRunning() && !server.isPaused() && server.isServing());
    }

    @Test
    void clients_that_are_cut_off_from_a_server_get_no_answer_until_that_heals() throws Exception {
        TestServer server = ensemble.leader();
        try (var client = new AClient(server.connectString(), SHORT_MS)) {
            ensemble.cutClients(server.id());

            client.await(KeeperState.Disconnected);
            assertEquals(server, ensemble.leader());

            ensemble.heal();
            try (var later = new AClient(server.connectString())) {
                assertTrue(later.exists("/"));
            }
        }
    }

    @Test
    void a_client_that_is_disconnected_comes_back_with_its_session() throws Exception {
        TestServer server = ensemble.followers().get(0);
        try (var client = new AClient(server.connectString())) {
            long session = client.sessionId();

            server.disconnectClients();

            client.await(KeeperState.Disconnected);
            client.await(KeeperState.SyncConnected);
            assertEquals(session, client.sessionId());
            assertTrue(client.exists("/"));
        }
    }

    @Test
    void all_servers_killed_at_once_come_back_with_what_was_acknowledged() throws Exception {
        try (var client = new AClient(ensemble.connectString())) {
            client.create("/all", CreateMode.PERSISTENT);
            client.setUntilDone("/all", "acknowledged");

            ensemble.servers().forEach(TestServer::kill);
            assertThrows(TestEnsembleException.class, ensemble::leader);
            ensemble.repair();

            assertEquals("acknowledged", client.get("/all"));
        }
    }

    @Test
    void a_server_alone_among_dead_ones_runs_without_serving_until_another_is_there() throws Exception {
        ensemble.servers().forEach(TestServer::kill);

        ensemble.server(1).start();
        assertTrue(ensemble.server(1).isRunning() && !ensemble.server(1).isServing());

        ensemble.server(2).start();
        assertTrue(ensemble.server(1).isServing() && ensemble.server(2).isServing());
    }

    @Test
    void a_leader_that_is_stopped_hands_over_to_another() throws Exception {
        TestServer stopped = ensemble.leader();
        try (var client = new AClient(ensemble.followers().get(0).connectString())) {
            client.create("/stopped", CreateMode.PERSISTENT);

            stopped.stop();

            assertFalse(stopped.isRunning());
            client.setUntilDone("/stopped", "done");
            assertNotEquals(stopped, ensemble.leader());
        }
    }

    @Test
    void two_ensembles_know_nothing_of_each_other() throws Exception {
        try (var other = TestEnsemble.start(1);
                var here = new AClient(ensemble.connectString());
                var there = new AClient(other.connectString())) {
            here.create("/here", CreateMode.EPHEMERAL);
            there.create("/there", CreateMode.PERSISTENT);

            assertFalse(there.exists("/here"));
            assertFalse(here.exists("/there"));
        }
    }

    @Test
    void nothing_is_left_of_an_ensemble_that_was_closed() {
        TestEnsemble closed = TestEnsemble.start(3);
        Path data = closed.server(2).dataDir();
        assertTrue(Files.exists(data));
        Set<Thread> before = threadsOfServers();

        closed.close();
        closed.close();

        assertFalse(Files.exists(data.getParent()));
        assertTrue(threadsOfServers().size() < before.size());
    }

    private static Set<Thread> threadsOfServers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pando-")
                        || thread.getName().startsWith("zab-"))
                .collect(Collectors.toSet());
    }
}
