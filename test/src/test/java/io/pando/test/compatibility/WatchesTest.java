package io.pando.test.compatibility;

import static io.pando.test.compatibility.Failures.assertRefused;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pando.test.harness.EventLog;
import io.pando.test.harness.EventLog.Seen;
import io.pando.test.harness.SharedServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One-shot, persistent and recursive watches: what they see, in which order, and how they are taken back. */
class WatchesTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void a_one_shot_watch_fires_once() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        create(client, "n");
        client.getData(SERVER.path("n"), events, null);

        client.setData(SERVER.path("n"), null, -1);
        client.setData(SERVER.path("n"), null, -1);

        assertEquals(List.of(seen(EventType.NodeDataChanged, "n")), settled(client, events));
    }

    @Test
    void an_exists_watch_on_a_missing_node_sees_its_creation() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        assertNull(client.exists(SERVER.path("later"), events));

        create(client, "later");

        assertEquals(List.of(seen(EventType.NodeCreated, "later")), settled(client, events));
    }

    @Test
    void a_child_watch_sees_children_come_or_go_but_not_change() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        create(client, "p");
        create(client, "p/c");
        client.getChildren(SERVER.path("p"), events);

        client.setData(SERVER.path("p/c"), null, -1);
        client.setData(SERVER.path("p"), null, -1);
        assertEquals(List.of(), settled(client, events));
        client.delete(SERVER.path("p/c"), -1);

        assertEquals(List.of(seen(EventType.NodeChildrenChanged, "p")), settled(client, events));
    }

    @Test
    void a_deletion_reaches_every_kind_of_one_shot_watch() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog data = new EventLog();
        EventLog exists = new EventLog();
        EventLog children = new EventLog();
        create(client, "n");
        client.getData(SERVER.path("n"), data, null);
        client.exists(SERVER.path("n"), exists);
        client.getChildren(SERVER.path("n"), children);

        client.delete(SERVER.path("n"), -1);

        for (EventLog each : List.of(data, exists, children)) {
            assertEquals(List.of(seen(EventType.NodeDeleted, "n")), settled(client, each));
        }
    }

    @Test
    void a_persistent_watch_sees_the_node_and_its_children_until_it_is_removed() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        client.addWatch(SERVER.path("n"), events, AddWatchMode.PERSISTENT);

        create(client, "n");
        client.setData(SERVER.path("n"), null, -1);
        create(client, "n/c");
        client.setData(SERVER.path("n/c"), null, -1);
        client.delete(SERVER.path("n/c"), -1);
        client.delete(SERVER.path("n"), -1);

        List<Seen> expected = List.of(
                seen(EventType.NodeCreated, "n"),
                seen(EventType.NodeDataChanged, "n"),
                seen(EventType.NodeChildrenChanged, "n"),
                seen(EventType.NodeChildrenChanged, "n"),
                seen(EventType.NodeDeleted, "n"));
        assertEquals(expected, settled(client, events));
        client.removeWatches(SERVER.path("n"), events, WatcherType.Persistent, false);
        create(client, "n");
        assertEquals(
                List.of(seen(EventType.PersistentWatchRemoved, "n")),
                settled(client, events).subList(expected.size(), expected.size() + 1));
        assertEquals(expected.size() + 1, events.seen().size());
    }

    @Test
    void a_recursive_watch_sees_all_below_and_no_change_of_children() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        create(client, "r");
        client.addWatch(SERVER.path("r"), events, AddWatchMode.PERSISTENT_RECURSIVE);

        create(client, "r/a");
        create(client, "r/a/b");
        client.setData(SERVER.path("r/a/b"), null, -1);
        client.setData(SERVER.path("r"), null, -1);
        create(client, "beside");
        client.delete(SERVER.path("r/a/b"), -1);

        assertEquals(
                List.of(
                        seen(EventType.NodeCreated, "r/a"),
                        seen(EventType.NodeCreated, "r/a/b"),
                        seen(EventType.NodeDataChanged, "r/a/b"),
                        seen(EventType.NodeDataChanged, "r"),
                        seen(EventType.NodeDeleted, "r/a/b")),
                settled(client, events));
    }

    @Test
    void the_events_of_a_multi_come_in_the_order_of_its_operations() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        client.addWatch(SERVER.root(), events, AddWatchMode.PERSISTENT_RECURSIVE);

        client.multi(List.of(
                Op.create(SERVER.path("a"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                Op.create(SERVER.path("b"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                Op.setData(SERVER.path("a"), null, -1),
                Op.delete(SERVER.path("b"), -1)));

        assertEquals(
                List.of(
                        seen(EventType.NodeCreated, "a"),
                        seen(EventType.NodeCreated, "b"),
                        seen(EventType.NodeDataChanged, "a"),
                        seen(EventType.NodeDeleted, "b")),
                settled(client, events));
    }

    @Test
    void a_failed_write_fires_nothing() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog events = new EventLog();
        create(client, "n");
        client.addWatch(SERVER.root(), events, AddWatchMode.PERSISTENT_RECURSIVE);

        assertRefused(Code.BADVERSION, () -> client.setData(SERVER.path("n"), null, 5));
        assertRefused(
                Code.BADVERSION,
                () -> client.multi(List.of(Op.setData(SERVER.path("n"), null, -1), Op.check(SERVER.path("n"), 9))));

        assertEquals(List.of(), settled(client, events));
    }

    @Test
    void the_end_of_a_session_tells_who_watched_its_ephemerals() throws Exception {
        ZooKeeper watcher = SERVER.client();
        ZooKeeper owner = SERVER.client();
        EventLog events = new EventLog();
        owner.create(SERVER.path("e"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        watcher.exists(SERVER.path("e"), events);

        owner.close();

        assertEquals(List.of(seen(EventType.NodeDeleted, "e")), events.await(1));
    }

    @Test
    void a_removed_watch_is_silent_and_one_never_set_cannot_be_removed() throws Exception {
        ZooKeeper client = SERVER.client();
        EventLog kept = new EventLog();
        EventLog removed = new EventLog();
        create(client, "n");
        client.getChildren(SERVER.path("n"), kept);
        client.getData(SERVER.path("n"), removed, null);

        client.removeWatches(SERVER.path("n"), removed, WatcherType.Data, false);
        client.delete(SERVER.path("n"), -1);

        assertEquals(List.of(seen(EventType.NodeDeleted, "n")), settled(client, kept));
        assertEquals(List.of(seen(EventType.DataWatchRemoved, "n")), settled(client, removed));
        assertRefused(
                Code.NOWATCHER,
                () -> client.removeWatches(SERVER.path("other"), new EventLog(), WatcherType.Any, false));
    }

    @Test
    void a_watcher_knows_of_a_change_before_it_can_read_it() throws Exception {
        ZooKeeper writer = SERVER.client();
        ZooKeeper reader = SERVER.client();
        EventLog events = new EventLog();
        create(writer, "n");
        reader.addWatch(SERVER.path("n"), events, AddWatchMode.PERSISTENT);

        for (int version = 1; version <= 200; version++) {
            writer.setData(SERVER.path("n"), null, -1);
            int shown = reader.exists(SERVER.path("n"), false).getVersion();
            // The event thread lags the reply's own thread within the client, not on the wire; a second reply later
            // on that same event thread shows what had come before it.
            assertEquals(version, shown);
            assertEquals(version, settled(reader, events).size());
        }
    }

    /** What had been seen when the client's event thread had handled an answer that was asked for just now. */
    private static List<Seen> settled(ZooKeeper client, EventLog events) throws Exception {
        var handled = new CountDownLatch(1);
        client.sync("/", (rc, path, context) -> handled.countDown(), null);
        if (!handled.await(20, TimeUnit.SECONDS)) throw new AssertionError("No answer to sync");
        return events.seen();
    }

    private static Seen seen(EventType type, String name) {
        return new Seen(type, SERVER.path(name));
    }

    private static void create(ZooKeeper client, String name) throws Exception {
        client.create(SERVER.path(name), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }
}
