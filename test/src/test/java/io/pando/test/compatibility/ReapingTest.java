package io.pando.test.compatibility;

import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pando.test.harness.Await;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.EventLog.Seen;
import io.pando.test.harness.SharedServer;
import java.util.List;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Containers and TTL nodes, deleted by the server when nobody needs them, on a server that looks every 100 ms. */
class ReapingTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults()
            .with("znode.container.checkIntervalMs", "100")
            .with("znode.container.maxPerMinute", "600000");

    @Test
    void a_container_goes_after_its_last_child() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        create(client, "c", CreateMode.CONTAINER);
        create(client, "c/child", CreateMode.PERSISTENT);
        client.addWatch(SERVER.root(), events, AddWatchMode.PERSISTENT_RECURSIVE);

        client.delete(SERVER.path("c/child"), -1);

        assertEquals(
                List.of(seen(EventType.NodeDeleted, "c/child"), seen(EventType.NodeDeleted, "c")), events.await(2));
    }

    @Test
    void a_container_that_never_had_a_child_and_one_that_has_stay() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "fresh", CreateMode.CONTAINER);
        create(client, "used", CreateMode.CONTAINER);
        create(client, "used/child", CreateMode.PERSISTENT);
        awaitAReaping(client);

        assertNotNull(client.exists(SERVER.path("fresh"), false));
        assertNotNull(client.exists(SERVER.path("used"), false));
    }

    @Test
    void a_ttl_node_goes_when_it_was_not_changed_for_its_ttl() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        client.addWatch(SERVER.path("t"), events, AddWatchMode.PERSISTENT);

        createWithTtl(client, "t", 300);

        assertEquals(List.of(seen(EventType.NodeCreated, "t"), seen(EventType.NodeDeleted, "t")), events.await(2));
        assertNull(client.exists(SERVER.path("t"), false));
    }

    @Test
    void a_ttl_node_with_children_stays_until_they_are_gone() throws Exception {
        ZooKeeper client = SERVER.client();
        client.multi(List.of( // at once: childless it could be gone before the child comes
                Op.create(SERVER.path("t"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, 1),
                Op.create(SERVER.path("t/child"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)));
        awaitAReaping(client);
        assertNotNull(client.exists(SERVER.path("t"), false));

        client.delete(SERVER.path("t/child"), -1);

        Await.until("it is reaped", () -> client.exists(SERVER.path("t"), false) == null);
    }

    @Test
    void a_ttl_node_of_long_life_stays() throws Exception {
        ZooKeeper client = SERVER.client();
        createWithTtl(client, "t", 3_600_000);
        awaitAReaping(client);

        assertNotNull(client.exists(SERVER.path("t"), false));
    }

    /** Returns after the server has gone through its candidates once more, as a probe of our own shows. */
    private static void awaitAReaping(ZooKeeper client) throws Exception {
        for (String probe : List.of("probe-1", "probe-2")) {
            createWithTtl(client, probe, 1);
            Await.until("the probe is reaped", () -> client.exists(SERVER.path(probe), false) == null);
        }
    }

    private static void createWithTtl(ZooKeeper client, String name, long ttlMs) throws Exception {
        client.create(SERVER.path(name), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, new Stat(), ttlMs);
    }

    private static void create(ZooKeeper client, String name, CreateMode mode) throws Exception {
        client.create(SERVER.path(name), null, OPEN_ACL_UNSAFE, mode);
    }

    private static Seen seen(EventType type, String name) {
        return new Seen(type, SERVER.path(name));
    }
}
