package io.pando.test.compatibility;

import static io.pando.test.compatibility.Failures.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pando.test.harness.SharedServer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.StatsTrack;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Quotas, set as ZooKeeper's own shell sets them, on a server that enforces the hard ones. */
class QuotaTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().with("enforceQuota", "true");

    @Test
    void a_hard_limit_on_the_count_refuses_one_too_many() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "q", "");
        setQuota(client, "q", limits(-1, -1, 3, -1));

        create(client, "q/a", "");
        create(client, "q/b", "");

        assertRefused(Code.QUOTAEXCEEDED, () -> create(client, "q/c", ""));
        client.delete(SERVER.path("q/a"), -1);
        create(client, "q/c", "");
    }

    @Test
    void a_hard_limit_on_bytes_refuses_data_that_grows_beyond_it() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "q", "1234");
        setQuota(client, "q", limits(-1, -1, -1, 10));

        create(client, "q/a", "123456");

        assertRefused(Code.QUOTAEXCEEDED, () -> client.setData(SERVER.path("q"), bytes("12345"), -1));
        assertRefused(Code.QUOTAEXCEEDED, () -> create(client, "q/b", "x"));
        client.setData(SERVER.path("q"), bytes("1"), -1);
        create(client, "q/b", "xyz");
    }

    @Test
    void a_soft_limit_refuses_nothing() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "q", "");
        setQuota(client, "q", limits(1, 1, -1, -1));

        create(client, "q/a", "more than a byte");

        assertNotNull(client.exists(SERVER.path("q/a"), false));
    }

    @Test
    void the_usage_is_read_where_the_shell_looks_for_it() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "q", "12");
        setQuota(client, "q", limits(100, 100, -1, -1));
        create(client, "q/a", "345");
        create(client, "q/a/b", "6");
        client.setData(SERVER.path("q/a"), bytes("34567"), -1);

        assertUsage(client, "q", 3, 8);
        client.delete(SERVER.path("q/a/b"), -1);
        assertUsage(client, "q", 2, 7);
    }

    @Test
    void without_its_limits_a_tree_is_free_again() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "q", "");
        setQuota(client, "q", limits(-1, -1, 1, -1));
        assertRefused(Code.QUOTAEXCEEDED, () -> create(client, "q/a", ""));

        client.delete(Quotas.limitPath(SERVER.path("q")), -1);
        client.delete(Quotas.statPath(SERVER.path("q")), -1);

        create(client, "q/a", "");
    }

    @Test
    void a_quota_of_one_tree_leaves_its_neighbours_alone() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "q", "");
        create(client, "qq", "");
        setQuota(client, "q", limits(-1, -1, 1, -1));

        create(client, "qq/a", "");
        assertRefused(Code.QUOTAEXCEEDED, () -> create(client, "q/a", ""));
    }

    private static StatsTrack limits(long count, long bytes, long hardCount, long hardBytes) {
        StatsTrack limits = new StatsTrack();
        limits.setCount(count);
        limits.setBytes(bytes);
        limits.setCountHardLimit(hardCount);
        limits.setByteHardLimit(hardBytes);
        return limits;
    }

    /** The nodes that {@code setquota} of ZooKeeper's shell makes. */
    private static void setQuota(ZooKeeper client, String name, StatsTrack limits) throws Exception {
        String node = Quotas.quotaPath(SERVER.path(name));
        for (int end = node.indexOf('/', Quotas.quotaZookeeper.length() + 1);
                end > 0;
                end = node.indexOf('/', end + 1)) {
            createIfMissing(client, node.substring(0, end));
        }
        createIfMissing(client, node);
        client.create(
                Quotas.limitPath(SERVER.path(name)), limits.getStatsBytes(), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create(
                Quotas.statPath(SERVER.path(name)),
                new StatsTrack("count=0,bytes=0").getStatsBytes(),
                OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT);
    }

    private static void createIfMissing(ZooKeeper client, String path) throws Exception {
        if (client.exists(path, false) == null) client.create(path, null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private static void assertUsage(ZooKeeper client, String name, long count, long bytes) throws Exception {
        StatsTrack usage = new StatsTrack(client.getData(Quotas.statPath(SERVER.path(name)), false, null));
        assertEquals(count, usage.getCount());
        assertEquals(bytes, usage.getBytes());
    }

    private static void create(ZooKeeper client, String name, String data) throws Exception {
        client.create(SERVER.path(name), bytes(data), OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
