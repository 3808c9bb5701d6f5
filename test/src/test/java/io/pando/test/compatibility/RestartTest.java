package io.pando.test.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.EventLog;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What outlives the server's process: sessions, ephemerals, Stats, watches of clients that come back. */
class RestartTest {
    private ServerProcess server;
    private ZooKeeper client;
    private final EventLog states = new EventLog();

    @BeforeEach
    void startServerAndClient() throws Exception {
        server = ServerProcess.start(Target.current(), Map.of("tickTime", "500", "maxSessionTimeout", "40000"));
        client = ZooKeeperClients.connect(server.connectString(), 30_000, states);
    }

    @AfterEach
    void stopBoth() throws Exception {
        client.close(100);
        server.close();
    }

    @Test
    void a_session_and_its_ephemerals_outlive_a_killed_server() throws Exception {
        long session = client.getSessionId();
        client.create("/e", bytes("mine"), OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        states.clear();

        server.kill();
        states.awaitState(KeeperState.Disconnected);
        server.restart();
        states.awaitState(KeeperState.SyncConnected);

        assertEquals(session, client.getSessionId());
        assertEquals(session, client.exists("/e", false).getEphemeralOwner());
        client.close();
        client = ZooKeeperClients.connect(server.connectString(), 30_000, new EventLog());
        assertNull(client.exists("/e", false));
    }

    @Test
    void a_watch_of_before_sees_what_comes_after() throws Exception {
        client.create("/n", null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        EventLog events = new EventLog();
        client.getData("/n", events, null);
        states.clear();

        server.kill();
        server.restart();
        states.awaitState(KeeperState.SyncConnected);
        assertEquals(List.of(), events.seen());
        client.setData("/n", null, -1);

        assertEquals(List.of(new EventLog.Seen(EventType.NodeDataChanged, "/n")), events.await(1));
    }

    @Test
    void data_stats_and_counters_are_what_they_were_after_a_clean_stop() throws Exception {
        client.create("/q", bytes("data"), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.setData("/q", bytes("changed"), 0);
        String last = client.create("/q/n-", null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
        client.delete(last, -1);
        Stat before = client.exists("/q", false);
        Stat rootBefore = client.exists("/", false);
        states.clear();

        server.terminate();
        server.restart();
        states.awaitState(KeeperState.SyncConnected);

        Stat after = new Stat();
        assertArrayEquals(bytes("changed"), client.getData("/q", false, after));
        assertEquals(before, after);
        assertEquals(rootBefore, client.exists("/", false));
        String next = client.create("/q/n-", null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
        assertEquals("/q/n-0000000001", next);
        assertTrue(client.exists(next, false).getCzxid() > before.getPzxid());
    }

    @Test
    void a_session_whose_client_does_not_come_back_expires_after_the_restart() throws Exception {
        ZooKeeper lost = ZooKeeperClients.connect(server.connectString(), 4_000, new EventLog());
        lost.create("/lost", null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        EventLog events = new EventLog();
        assertNotNull(client.exists("/lost", events));
        states.clear();

        server.kill();
        // It runs in this process and would come back: closing it while nobody listens leaves the session to its fate.
        lost.close(100);
        server.restart();
        states.awaitState(KeeperState.SyncConnected);

        assertEquals(List.of(new EventLog.Seen(EventType.NodeDeleted, "/lost")), events.await(1));
    }

    @Test
    void session_ids_are_not_given_again_after_a_restart() throws Exception {
        long before = client.getSessionId();
        client.close(100);

        server.kill();
        server.restart();
        client = ZooKeeperClients.connect(server.connectString(), 30_000, new EventLog());

        assertNotEquals(before, client.getSessionId());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
