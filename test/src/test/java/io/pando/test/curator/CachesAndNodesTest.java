package io.pando.test.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.framework.recipes.nodes.PersistentTtlNode;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches that follow the tree, nodes that come back, and discovery on top of both. */
class CachesAndNodesTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().with("znode.container.checkIntervalMs", "100");

    @Test
    void a_cache_follows_a_tree_that_several_clients_change() throws Exception {
        CuratorFramework reader = Crowd.client(SERVER);
        reader.create().forPath(SERVER.path("tree"));
        CuratorCache cache = SERVER.closing(CuratorCache.build(reader, SERVER.path("tree")));
        cache.start();

        Crowd.act(SERVER, 4, (client, number) -> {
            for (int i = 0; i < 50; i++) {
                String path = SERVER.path("tree/" + number + "-" + i % 10);
                if (client.checkExists().forPath(path) == null) client.create().forPath(path, bytes("" + i));
                else if (i % 3 == 0) client.delete().forPath(path);
                else client.setData().forPath(path, bytes("" + i));
            }
            return number;
        });

        Map<String, String> tree = new TreeMap<>(Map.of(SERVER.path("tree"), text(reader, SERVER.path("tree"))));
        for (String name : reader.getChildren().forPath(SERVER.path("tree"))) {
            tree.put(SERVER.path("tree/" + name), text(reader, SERVER.path("tree/" + name)));
        }
        Await.until("the cache shows the tree", () -> {
            Map<String, String> cached = new TreeMap<>();
            cache.stream()
                    .forEach(node -> cached.put(node.getPath(), new String(node.getData(), StandardCharsets.UTF_8)));
            return cached.equals(tree);
        });
    }

    private static String text(CuratorFramework client, String path) throws Exception {
        return new String(client.getData().forPath(path), UTF_8);
    }

    @Test
    @SuppressWarnings("deprecation") // Many programs still use the caches that CuratorCache replaced.
    void the_older_caches_follow_too() throws Exception {
        CuratorFramework client = Crowd.client(SERVER);
        CuratorFramework writer = Crowd.client(SERVER);
        writer.create().forPath(SERVER.path("tree"), bytes("1"));
        var node =
                SERVER.closing(new org.apache.curator.framework.recipes.cache.NodeCache(client, SERVER.path("tree")));
        var children = SERVER.closing(
                new org.apache.curator.framework.recipes.cache.PathChildrenCache(client, SERVER.path("tree"), true));
        var tree =
                SERVER.closing(new org.apache.curator.framework.recipes.cache.TreeCache(client, SERVER.path("tree")));
        node.start(true);
        children.start();
        tree.start();

        writer.setData().forPath(SERVER.path("tree"), bytes("2"));
        writer.create().forPath(SERVER.path("tree/a"), bytes("a"));
        writer.create().forPath(SERVER.path("tree/a/b"), bytes("b"));
        writer.setData().forPath(SERVER.path("tree/a"), bytes("aa"));

        Await.until(
                "the node is known",
                () -> "2".equals(new String(node.getCurrentData().getData(), UTF_8)));
        Await.until(
                "the child is known",
                () -> children.getCurrentData().size() == 1
                        && "aa"
                                .equals(new String(
                                        children.getCurrentData().get(0).getData(), UTF_8)));
        Await.until("the grandchild is known", () -> tree.getCurrentData(SERVER.path("tree/a/b")) != null);
        writer.delete().deletingChildrenIfNeeded().forPath(SERVER.path("tree/a"));
        Await.until("the child is gone", () -> children.getCurrentData().isEmpty());
        Await.until("the grandchild is gone", () -> tree.getCurrentData(SERVER.path("tree/a/b")) == null);
    }

    @Test
    void a_persistent_node_comes_back_when_it_is_deleted() throws Exception {
        CuratorFramework other = Crowd.client(SERVER);
        PersistentNode node = SERVER.closing(new PersistentNode(
                Crowd.client(SERVER), CreateMode.EPHEMERAL, false, SERVER.path("node"), bytes("data")));
        node.start();
        assertTrue(node.waitForInitialCreate(20, TimeUnit.SECONDS));

        for (int i = 0; i < 5; i++) {
            other.delete().forPath(SERVER.path("node"));
            Await.until("it is back", () -> other.checkExists().forPath(SERVER.path("node")) != null);
        }

        assertArrayEquals(bytes("data"), other.getData().forPath(SERVER.path("node")));
    }

    @Test
    void a_ttl_node_is_kept_alive_by_its_owner_and_goes_after_it() throws Exception {
        CuratorFramework other = Crowd.client(SERVER);
        PersistentTtlNode node = new PersistentTtlNode(Crowd.client(SERVER), SERVER.path("ttl"), 1_000, bytes("data"));
        node.start();
        assertTrue(node.waitForInitialCreate(20, TimeUnit.SECONDS));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        // Where its owner stood still for longer than that, it is reaped after all, and made again.
        Await.until(
                "it is there after three lifetimes",
                () -> System.nanoTime() > end
                        && Arrays.equals(bytes("data"), other.getData().forPath(SERVER.path("ttl"))));

        node.close();

        Await.until("it is reaped", () -> other.checkExists().forPath(SERVER.path("ttl")) == null);
    }

    @Test
    void services_are_found_and_lost() throws Exception {
        ServiceDiscovery<Void> provider = discovery();
        ServiceDiscovery<Void> consumer = discovery();
        ServiceInstance<Void> instance = ServiceInstance.<Void>builder()
                .name("web")
                .address("127.0.0.1")
                .port(80)
                .build();

        provider.registerService(instance);
        Await.until("it is found", () -> List.of(instance).equals(List.copyOf(consumer.queryForInstances("web"))));
        provider.unregisterService(instance);

        Await.until("it is lost", () -> consumer.queryForInstances("web").isEmpty());
    }

    private static ServiceDiscovery<Void> discovery() throws Exception {
        ServiceDiscovery<Void> discovery = ServiceDiscoveryBuilder.builder(Void.class)
                .client(Crowd.client(SERVER))
                .basePath(SERVER.path("services"))
                .build();
        discovery.start();
        return SERVER.closing(discovery);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
