package io.pando.test.compatibility;

import static io.pando.test.compatibility.Failures.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.SharedServer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Creating, reading, changing and deleting znodes, and what their Stats say. */
class ZnodesTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void a_created_znode_is_read_back_with_its_stat() throws Exception {
        ZooKeeper client = SERVER.client();
        Stat created = new Stat();

        client.create(SERVER.path("a"), bytes("one"), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, created);

        Stat read = new Stat();
        assertArrayEquals(bytes("one"), client.getData(SERVER.path("a"), false, read));
        assertEquals(created, read);
        assertEquals(read, client.exists(SERVER.path("a"), false));
        assertEquals(read.getCzxid(), read.getMzxid());
        assertEquals(read.getCzxid(), read.getPzxid());
        assertEquals(read.getCtime(), read.getMtime());
        assertEquals(
                List.of(0, 0, 0, 3, 0),
                List.of(
                        read.getVersion(),
                        read.getCversion(),
                        read.getAversion(),
                        read.getDataLength(),
                        read.getNumChildren()));
        assertEquals(0, read.getEphemeralOwner());
    }

    @Test
    void null_data_stays_null_and_empty_data_stays_empty() throws Exception {
        ZooKeeper client = SERVER.client();

        client.create(SERVER.path("null"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create(SERVER.path("empty"), new byte[0], OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        assertNull(client.getData(SERVER.path("null"), false, null));
        assertArrayEquals(new byte[0], client.getData(SERVER.path("empty"), false, null));
    }

    @Test
    void setting_data_counts_its_versions_and_refuses_a_stale_one() throws Exception {
        ZooKeeper client = SERVER.client();
        String path = SERVER.path("counter");
        client.create(path, bytes("0"), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        Stat first = client.setData(path, bytes("1"), 0);
        Stat second = client.setData(path, bytes("22"), -1);

        assertEquals(1, first.getVersion());
        assertEquals(2, second.getVersion());
        assertTrue(second.getMzxid() > first.getMzxid());
        assertEquals(first.getCzxid(), second.getCzxid());
        assertEquals(2, second.getDataLength());
        assertRefused(Code.BADVERSION, () -> client.setData(path, bytes("3"), 1));
        assertArrayEquals(bytes("22"), client.getData(path, false, null));
    }

    @Test
    void deleting_needs_the_right_version_and_no_children() throws Exception {
        ZooKeeper client = SERVER.client();
        client.create(SERVER.path("a"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create(SERVER.path("a/b"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        assertRefused(Code.BADVERSION, () -> client.delete(SERVER.path("a"), 7));
        assertRefused(Code.NOTEMPTY, () -> client.delete(SERVER.path("a"), 0));
        client.delete(SERVER.path("a/b"), 0);
        client.delete(SERVER.path("a"), -1);

        assertNull(client.exists(SERVER.path("a"), false));
        assertRefused(Code.NONODE, () -> client.delete(SERVER.path("a"), -1));
    }

    @Test
    void creating_needs_a_parent_and_a_free_name() throws Exception {
        ZooKeeper client = SERVER.client();

        assertRefused(Code.NONODE, () -> create(client, "missing/child", CreateMode.PERSISTENT));
        create(client, "taken", CreateMode.PERSISTENT);
        assertRefused(Code.NODEEXISTS, () -> create(client, "taken", CreateMode.PERSISTENT));
    }

    @Test
    void children_come_with_the_stat_of_their_parent() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "p", CreateMode.PERSISTENT);
        for (String name : List.of("x", "y", "z")) create(client, "p/" + name, CreateMode.PERSISTENT);
        client.delete(SERVER.path("p/y"), -1);

        Stat stat = new Stat();
        List<String> children = client.getChildren(SERVER.path("p"), false, stat);

        assertEquals(Set.of("x", "z"), Set.copyOf(children));
        assertEquals(2, stat.getNumChildren());
        assertEquals(4, stat.getCversion(), "three creations and one deletion");
        assertTrue(stat.getPzxid() > stat.getMzxid());
        assertEquals(Set.copyOf(children), Set.copyOf(client.getChildren(SERVER.path("p"), false)));
    }

    @Test
    void every_create_mode_makes_its_kind_of_znode() throws Exception {
        ZooKeeper client = SERVER.client();
        long me = client.getSessionId();

        create(client, "persistent", CreateMode.PERSISTENT);
        create(client, "ephemeral", CreateMode.EPHEMERAL);
        create(client, "container", CreateMode.CONTAINER);
        Stat withTtl = new Stat();
        client.create(SERVER.path("ttl"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, withTtl, 60_000);
        String first = create(client, "s-", CreateMode.PERSISTENT_SEQUENTIAL);
        String second = create(client, "s-", CreateMode.EPHEMERAL_SEQUENTIAL);
        String third = client.create(
                SERVER.path("s-"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, null, 60_000);

        assertEquals(0, owner(client, SERVER.path("persistent")));
        assertEquals(me, owner(client, SERVER.path("ephemeral")));
        assertEquals(0, owner(client, SERVER.path("container")));
        assertEquals(0, withTtl.getEphemeralOwner());
        assertEquals(
                List.of(SERVER.path("s-0000000004"), SERVER.path("s-0000000005"), SERVER.path("s-0000000006")),
                List.of(first, second, third),
                "the counter counts every creation");
        assertEquals(me, owner(client, second));
    }

    @Test
    void an_ephemeral_has_no_children_and_goes_with_its_session() throws Exception {
        ZooKeeper watcher = SERVER.client();
        ZooKeeper owner = SERVER.client();
        create(owner, "e", CreateMode.EPHEMERAL);
        assertRefused(Code.NOCHILDRENFOREPHEMERALS, () -> create(watcher, "e/child", CreateMode.PERSISTENT));

        owner.close();

        assertNull(watcher.exists(SERVER.path("e"), false));
    }

    @Test
    void sequential_names_are_never_given_twice() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "q", CreateMode.PERSISTENT);
        String first = create(client, "q/n-", CreateMode.PERSISTENT_SEQUENTIAL);
        client.delete(first, -1);

        String second = create(client, "q/n-", CreateMode.PERSISTENT_SEQUENTIAL);
        String bare = create(client, "q/", CreateMode.PERSISTENT_SEQUENTIAL);

        assertEquals(SERVER.path("q/n-0000000001"), second);
        assertEquals(SERVER.path("q/0000000002"), bare);
    }

    @Test
    void names_may_be_of_any_script() throws Exception {
        ZooKeeper client = SERVER.client();
        List<String> names = List.of("größe", "корень", "根", "with space", "a=b;c", "..dots", "%2F");

        for (String name : names) create(client, name, CreateMode.PERSISTENT);

        assertEquals(Set.copyOf(names), Set.copyOf(client.getChildren(SERVER.root(), false)));
    }

    @Test
    void a_znode_holds_nearly_a_megabyte_and_its_parent_ten_thousand_children() throws Exception {
        ZooKeeper client = SERVER.client();
        byte[] large = new byte[1_000_000];
        large[999_999] = 7;
        create(client, "many", CreateMode.PERSISTENT);
        CountDownLatch answers = new CountDownLatch(10_000);
        AtomicInteger failures = new AtomicInteger();

        client.create(SERVER.path("large"), large, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        for (int i = 0; i < 10_000; i++) {
            client.create(
                    SERVER.path("many/" + i),
                    null,
                    OPEN_ACL_UNSAFE,
                    CreateMode.PERSISTENT,
                    (rc, p, c, n) -> {
                        if (rc != 0) failures.incrementAndGet();
                        answers.countDown();
                    },
                    null);
        }

        assertTrue(answers.await(60, TimeUnit.SECONDS));
        assertEquals(0, failures.get());
        assertArrayEquals(large, client.getData(SERVER.path("large"), false, null));
        assertEquals(10_000, new TreeSet<>(client.getChildren(SERVER.path("many"), false)).size());
        assertEquals(10_000, client.getAllChildrenNumber(SERVER.path("many")));
    }

    @Test
    void the_reserved_nodes_are_there_and_stay() throws Exception {
        ZooKeeper client = SERVER.client();

        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config")) {
            assertNotNull(client.exists(path, false), path);
        }
        assertRefused(Code.BADARGUMENTS, () -> client.delete("/zookeeper", -1));
        assertRefused(Code.BADARGUMENTS, () -> client.delete("/zookeeper/quota", -1));
        assertEquals(Set.of("config", "quota"), Set.copyOf(client.getChildren("/zookeeper", false)));
    }

    @Test
    void sync_answers_with_its_path_whether_it_exists_or_not() throws Exception {
        ZooKeeper client = SERVER.client();
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger(-1);

        client.sync(
                SERVER.path("nowhere"),
                (rc, path, context) -> {
                    code.set(rc);
                    answered.countDown();
                },
                null);

        assertTrue(answered.await(20, TimeUnit.SECONDS));
        assertEquals(0, code.get());
    }

    @Test
    void ephemerals_are_listed_for_their_session_and_descendants_are_counted() throws Exception {
        ZooKeeper client = SERVER.client();
        ZooKeeper other = SERVER.client();
        create(client, "tree", CreateMode.PERSISTENT);
        create(client, "tree/mine", CreateMode.EPHEMERAL);
        create(client, "outside", CreateMode.EPHEMERAL);
        create(other, "tree/theirs", CreateMode.EPHEMERAL);

        assertEquals(Set.of(SERVER.path("tree/mine"), SERVER.path("outside")), Set.copyOf(client.getEphemerals()));
        assertEquals(List.of(SERVER.path("tree/mine")), client.getEphemerals(SERVER.path("tree")));
        assertEquals(2, client.getAllChildrenNumber(SERVER.path("tree")));
        assertEquals(4, client.getAllChildrenNumber(SERVER.root()));
    }

    private static String create(ZooKeeper client, String name, CreateMode mode) throws Exception {
        return client.create(SERVER.path(name), null, OPEN_ACL_UNSAFE, mode);
    }

    private static long owner(ZooKeeper client, String path) throws Exception {
        return client.exists(path, false).getEphemeralOwner();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
