package io.pando.test.compatibility;

import static io.pando.test.compatibility.Failures.assertRefused;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.EventLog.Seen;
import io.pando.test.harness.Relay;
import io.pando.test.harness.SharedServer;
import io.pando.test.harness.ZooKeeperClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions of Apache's client across lost connections, silence and a frozen server. */
class SessionsTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    /** Long enough for a busy machine to do something with the session, and soon over. */
    private static final int SHORT_MS = 4_000;

    @Test
    void the_timeout_is_clamped_to_what_the_server_allows() throws Exception {
        assertEquals(40_000, connected(600_000).getSessionTimeout());
        assertEquals(1_000, connected(500).getSessionTimeout());
        assertEquals(7_000, connected(7_000).getSessionTimeout());
    }

    @Test
    void a_cut_connection_is_made_again_with_the_same_session() throws Exception {
        Relay relay = SERVER.relay();
        EventLog states = new EventLog();
        ZooKeeper client = through(relay, 30_000, states);
        long session = client.getSessionId();
        client.create(SERVER.path("e"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        states.clear();

        relay.cut();
        states.awaitState(KeeperState.SyncConnected);

        assertEquals(List.of(KeeperState.Disconnected, KeeperState.SyncConnected), states.states());
        assertEquals(session, client.getSessionId());
        assertEquals(session, client.exists(SERVER.path("e"), false).getEphemeralOwner());
    }

    @Test
    void watches_tell_after_a_reconnection_what_happened_meanwhile() throws Exception {
        Relay relay = SERVER.relay();
        EventLog states = new EventLog();
        ZooKeeper client = through(relay, 30_000, states);
        ZooKeeper other = SERVER.client();
        for (String name : List.of("changed", "deleted", "parent", "kept")) create(other, name);
        EventLog data = new EventLog();
        EventLog exists = new EventLog();
        EventLog children = new EventLog();
        client.getData(SERVER.path("changed"), data, null);
        client.getData(SERVER.path("deleted"), data, null);
        client.getData(SERVER.path("kept"), data, null);
        client.exists(SERVER.path("created"), exists);
        client.getChildren(SERVER.path("parent"), children);
        states.clear();

        relay.cutAndRefuse();
        other.setData(SERVER.path("changed"), null, -1);
        other.delete(SERVER.path("deleted"), -1);
        create(other, "created");
        create(other, "parent/child");
        relay.heal();
        states.awaitState(KeeperState.SyncConnected);

        assertEquals(
                List.of(seen(EventType.NodeDataChanged, "changed"), seen(EventType.NodeDeleted, "deleted")),
                data.await(2).stream()
                        .sorted((a, b) -> a.path().compareTo(b.path()))
                        .toList());
        assertEquals(List.of(seen(EventType.NodeCreated, "created")), exists.await(1));
        assertEquals(List.of(seen(EventType.NodeChildrenChanged, "parent")), children.await(1));
        other.setData(SERVER.path("kept"), null, -1);
        assertEquals(seen(EventType.NodeDataChanged, "kept"), data.await(3).get(2));
    }

    @Test
    void persistent_watches_go_on_after_a_reconnection() throws Exception {
        Relay relay = SERVER.relay();
        EventLog states = new EventLog();
        ZooKeeper client = through(relay, 30_000, states);
        ZooKeeper other = SERVER.client();
        create(other, "n");
        EventLog persistent = new EventLog();
        EventLog recursive = new EventLog();
        client.addWatch(SERVER.path("n"), persistent, AddWatchMode.PERSISTENT);
        client.addWatch(SERVER.path("n"), recursive, AddWatchMode.PERSISTENT_RECURSIVE);
        states.clear();

        relay.cutAndRefuse();
        other.setData(SERVER.path("n"), null, -1);
        relay.heal();
        states.awaitState(KeeperState.SyncConnected);
        client.exists("/", false);
        create(other, "n/child");

        assertEquals(List.of(seen(EventType.NodeChildrenChanged, "n")), persistent.await(1));
        assertEquals(List.of(seen(EventType.NodeCreated, "n/child")), recursive.await(1));
    }

    @Test
    void identities_are_shown_again_after_a_reconnection() throws Exception {
        Relay relay = SERVER.relay();
        EventLog states = new EventLog();
        ZooKeeper client = through(relay, 30_000, states);
        client.addAuthInfo("digest", new byte[] {'a', ':', 'b'});
        assertEquals(2, client.whoAmI().size());
        states.clear();

        relay.cut();
        states.awaitState(KeeperState.SyncConnected);

        assertEquals(2, client.whoAmI().size());
    }

    @Test
    void a_silent_client_loses_its_session_and_its_ephemerals() throws Exception {
        Relay relay = SERVER.relay();
        EventLog states = new EventLog();
        ZooKeeper silent = through(relay, SHORT_MS, states);
        silent.create(SERVER.path("e"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        ZooKeeper watcher = SERVER.client();
        EventLog events = new EventLog();
        assertNotNull(watcher.exists(SERVER.path("e"), events));

        relay.silence();
        assertEquals(List.of(seen(EventType.NodeDeleted, "e")), events.await(1));
        relay.heal();

        states.awaitState(KeeperState.Expired);
        assertRefused(Code.SESSIONEXPIRED, () -> silent.exists("/", false));
    }

    @Test
    void a_client_that_died_loses_its_session_after_the_timeout() throws Exception {
        Relay relay = SERVER.relay();
        ZooKeeper dying = through(relay, SHORT_MS, new EventLog());
        dying.create(SERVER.path("e"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        ZooKeeper watcher = SERVER.client();
        EventLog events = new EventLog();
        watcher.exists(SERVER.path("e"), events);

        relay.cutAndRefuse();

        assertEquals(List.of(seen(EventType.NodeDeleted, "e")), events.await(1));
    }

    @Test
    void a_quiet_client_keeps_its_session_by_pings() throws Exception {
        // A busy machine may miss a ping or two.
        int timeoutMs = 6_000;
        ZooKeeper quiet = connected(timeoutMs);
        quiet.create(SERVER.path("e"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        ZooKeeper relayed = through(SERVER.relay(), timeoutMs, new EventLog());
        relayed.create(SERVER.path("r"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        ZooKeeper witness = SERVER.client();

        assertFalse(Await.happens(
                Duration.ofMillis(timeoutMs + 2_000), () -> ownerOf(witness, "e") == 0 || ownerOf(witness, "r") == 0));

        assertEquals(quiet.getSessionId(), ownerOf(witness, "e"));
        assertEquals(relayed.getSessionId(), ownerOf(witness, "r"));
    }

    @Test
    void a_session_is_taken_over_by_its_id_and_password() throws Exception {
        Relay relay = SERVER.relay();
        ZooKeeper first = through(relay, 30_000, new EventLog());
        first.create(SERVER.path("e"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        EventLog states = new EventLog();
        // It would take its session back as soon as it finds that it has lost it.
        relay.cutAndRefuse();

        ZooKeeper second = SERVER.closing(ZooKeeperClients.resume(
                SERVER.process().connectString(), 30_000, states, first.getSessionId(), first.getSessionPasswd()));
        states.awaitState(KeeperState.SyncConnected);

        assertEquals(first.getSessionId(), second.getSessionId());
        assertArrayEquals(first.getSessionPasswd(), second.getSessionPasswd());
        second.close();
        assertNull(SERVER.client().exists(SERVER.path("e"), false));
    }

    @Test
    void a_session_with_the_wrong_password_is_as_good_as_expired() throws Exception {
        ZooKeeper owner = SERVER.client();
        EventLog states = new EventLog();

        SERVER.closing(ZooKeeperClients.resume(
                SERVER.process().connectString(), 30_000, states, owner.getSessionId(), new byte[16]));

        states.awaitState(KeeperState.Expired);
    }

    @Test
    void two_sessions_differ() throws Exception {
        assertNotEquals(SERVER.client().getSessionId(), SERVER.client().getSessionId());
    }

    @Test
    void a_client_that_would_read_from_a_read_only_server_is_welcome_too() throws Exception {
        EventLog states = new EventLog();
        ZooKeeper client = SERVER.closing(new ZooKeeper(SERVER.process().connectString(), 30_000, states, true));

        states.awaitState(KeeperState.SyncConnected);

        create(client, "written");
    }

    @Test
    void a_server_that_froze_for_a_while_goes_on_where_it_was() throws Exception {
        ZooKeeper client = connected(30_000);
        create(client, "before");
        CountDownLatch answered = new CountDownLatch(1);

        SERVER.process().freeze();
        client.create(
                SERVER.path("during"),
                null,
                OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT,
                (rc, path, context, name) -> answered.countDown(),
                null);
        assertFalse(answered.await(300, TimeUnit.MILLISECONDS));
        SERVER.process().thaw();

        assertTrue(answered.await(20, TimeUnit.SECONDS));
        assertNotNull(client.exists(SERVER.path("during"), false));
    }

    /** The session that an ephemeral belongs to, or 0. */
    private static long ownerOf(ZooKeeper witness, String name) throws Exception {
        Stat stat = witness.exists(SERVER.path(name), false);
        return stat == null ? 0 : stat.getEphemeralOwner();
    }

    private static ZooKeeper connected(int timeoutMs) throws Exception {
        return SERVER.closing(ZooKeeperClients.connect(SERVER.process().connectString(), timeoutMs, new EventLog()));
    }

    private static ZooKeeper through(Relay relay, int timeoutMs, EventLog states) throws Exception {
        return SERVER.closing(ZooKeeperClients.connect(relay.connectString(), timeoutMs, states));
    }

    private static Seen seen(EventType type, String name) {
        return new Seen(type, SERVER.path(name));
    }

    private static void create(ZooKeeper client, String name) throws Exception {
        client.create(SERVER.path(name), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }
}
