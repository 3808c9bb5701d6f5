package io.pando.test.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.test.harness.SharedServer;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.OpResult.ErrorResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several operations as one: all or nothing, and each sees those before it. */
class MultiTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void all_operations_of_a_multi_happen_under_one_zxid() throws Exception {
        ZooKeeper client = SERVER.client();

        List<OpResult> results = client.multi(List.of(
                create("a", CreateMode.PERSISTENT),
                Op.create(SERVER.path("a/b"), bytes("x"), OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL.toFlag()),
                Op.setData(SERVER.path("a"), bytes("changed"), 0),
                Op.check(SERVER.path("a"), 1)));

        Stat parent = client.exists(SERVER.path("a"), false);
        Stat child = client.exists(SERVER.path("a/b"), false);
        assertEquals(4, results.size());
        assertEquals(
                SERVER.path("a"),
                assertInstanceOf(OpResult.CreateResult.class, results.get(0)).getPath());
        assertEquals(
                parent.getVersion(),
                assertInstanceOf(OpResult.SetDataResult.class, results.get(2))
                        .getStat()
                        .getVersion());
        assertEquals(parent.getCzxid(), child.getCzxid());
        assertEquals(parent.getMzxid(), child.getCzxid());
        assertEquals(client.getSessionId(), child.getEphemeralOwner());
    }

    @Test
    void a_failing_multi_changes_nothing_and_says_where_it_failed() throws Exception {
        ZooKeeper client = SERVER.client();

        KeeperException failure = assertThrows(
                KeeperException.class,
                () -> client.multi(List.of(
                        create("x", CreateMode.PERSISTENT),
                        create("missing/y", CreateMode.PERSISTENT),
                        create("z", CreateMode.PERSISTENT))));

        assertEquals(Code.NONODE, failure.code());
        assertEquals(
                List.of(0, Code.NONODE.intValue(), Code.RUNTIMEINCONSISTENCY.intValue()),
                failure.getResults().stream()
                        .map(r -> ((ErrorResult) r).getErr())
                        .toList());
        assertNull(client.exists(SERVER.path("x"), false));
    }

    @Test
    void sequential_names_in_one_multi_are_consecutive() throws Exception {
        ZooKeeper client = SERVER.client();

        List<OpResult> results = client.multi(
                List.of(create("n-", CreateMode.PERSISTENT_SEQUENTIAL), create("n-", CreateMode.EPHEMERAL_SEQUENTIAL)));

        assertEquals(
                List.of(SERVER.path("n-0000000000"), SERVER.path("n-0000000001")),
                results.stream().map(r -> ((OpResult.CreateResult) r).getPath()).toList());
    }

    @Test
    void a_multi_may_delete_what_it_created_and_create_what_it_deleted() throws Exception {
        ZooKeeper client = SERVER.client();
        client.create(SERVER.path("old"), bytes("old"), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        client.multi(List.of(
                create("brief", CreateMode.PERSISTENT),
                Op.delete(SERVER.path("brief"), 0),
                Op.delete(SERVER.path("old"), 0),
                Op.create(SERVER.path("old"), bytes("new"), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)));

        assertNull(client.exists(SERVER.path("brief"), false));
        assertArrayEquals(bytes("new"), client.getData(SERVER.path("old"), false, null));
    }

    @Test
    void containers_and_ttl_nodes_can_be_made_in_a_multi() throws Exception {
        ZooKeeper client = SERVER.client();

        client.multi(List.of(
                create("c", CreateMode.CONTAINER),
                Op.create(SERVER.path("t"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, 60_000)));

        assertEquals(0, client.exists(SERVER.path("c"), false).getEphemeralOwner());
        assertEquals(0, client.exists(SERVER.path("t"), false).getEphemeralOwner());
    }

    @Test
    void a_transaction_builder_commits_as_a_multi() throws Exception {
        ZooKeeper client = SERVER.client();

        client.transaction()
                .create(SERVER.path("built"), bytes("1"), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)
                .setData(SERVER.path("built"), bytes("2"), 0)
                .commit();

        assertArrayEquals(bytes("2"), client.getData(SERVER.path("built"), false, null));
    }

    @Test
    void an_empty_multi_succeeds() throws Exception {
        assertEquals(List.of(), SERVER.client().multi(List.of()));
    }

    @Test
    void a_multi_read_answers_each_read_by_itself() throws Exception {
        ZooKeeper client = SERVER.client();
        client.create(SERVER.path("r"), bytes("data"), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        List<OpResult> results = client.multi(List.of(
                Op.getData(SERVER.path("r")), Op.getChildren(SERVER.root()), Op.getData(SERVER.path("missing"))));

        assertArrayEquals(
                bytes("data"),
                assertInstanceOf(OpResult.GetDataResult.class, results.get(0)).getData());
        assertEquals(
                List.of("r"),
                assertInstanceOf(OpResult.GetChildrenResult.class, results.get(1))
                        .getChildren());
        assertEquals(
                Code.NONODE.intValue(),
                assertInstanceOf(ErrorResult.class, results.get(2)).getErr());
    }

    private static Op create(String name, CreateMode mode) {
        return Op.create(SERVER.path(name), bytes(""), OPEN_ACL_UNSAFE, mode);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
