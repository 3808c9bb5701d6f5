package io.pando.test.recipes.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.cache.CacheEvent;
import io.pando.recipes.cache.CachedNode;
import io.pando.recipes.cache.NodeCache;
import io.pando.recipes.cache.TreeCache;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a cache shows is what was in the tree, and what it tells is every latest state, once. */
abstract class Caches extends DataRecipes {
    private static final int CUTS = 200 * Integer.getInteger("pando.recipes.rounds", 1);

    @Test
    void a_cache_shows_the_tree_as_it_is_and_follows_it() throws Exception {
        Pando pando = pando();
        pando.create(path("tree/a/b")).makeParents().now();
        TreeCache cache = server().closing(new TreeCache(pando(), path("tree")));
        cache.awaitInSync(PATIENCE);
        assertEquals(
                Set.of(path("tree"), path("tree/a"), path("tree/a/b")),
                cache.all().keySet());

        long zxid = pando.create(path("tree/a/c")).data("hello").now().stat().czxid();
        pando.delete(path("tree/a/b")).now();

        Await.until("it follows", () -> cache.children(path("tree/a")).keySet().equals(Set.of("c")));
        assertEquals("hello", cache.get(path("tree/a/c")).orElseThrow().text());
        Await.until(
                "it says so",
                () -> cache.asOfZxid() >= zxid && cache.staleSince().isEmpty());
    }

    @Test
    void a_cache_waits_for_a_root_that_is_not_there_and_survives_its_going() throws Exception {
        Pando pando = pando();
        NodeCache cache = server().closing(new NodeCache(pando(), path("node")));
        cache.awaitInSync(PATIENCE);
        assertTrue(cache.latest().isEmpty());

        for (int i = 0; i < 3; i++) {
            String data = "" + i;
            pando.create(path("node")).data(data).now();
            Await.until("it is seen", () -> cache.latest().orElseThrow().text().equals(data));
            pando.delete(path("node")).now();
            Await.until("it is missed", () -> cache.latest().isEmpty());
        }
    }

    @Test
    void the_depth_of_a_cache_is_obeyed() throws Exception {
        Pando pando = pando();
        pando.create(path("tree/a/b")).makeParents().now();

        TreeCache cache = server().closing(new TreeCache(pando(), path("tree"), 1));

        cache.awaitInSync(PATIENCE);
        assertEquals(Set.of(path("tree"), path("tree/a")), cache.all().keySet());
    }

    @Test
    void a_refreshed_cache_shows_what_was_written_before() throws Exception {
        Pando pando = pando();
        pando.create(path("node")).now();
        NodeCache cache = server().closing(new NodeCache(pando(), path("node")));
        for (int i = 0; i < 50; i++) {
            pando.setData(path("node"), "" + i).now();

            cache.refresh().get(30, TimeUnit.SECONDS);

            assertEquals("" + i, cache.latest().orElseThrow().text());
        }
    }

    @Test
    void a_cache_without_a_connection_says_since_when_and_is_in_sync_again_after_it() throws Exception {
        Pando pando = pando();
        pando.create(path("node")).data("before").now();
        Relay relay = server().relay();
        NodeCache cache = server().closing(new NodeCache(open(Pando.connect(relay.connectString())), path("node")));
        List<CacheEvent> told = new CopyOnWriteArrayList<>();
        cache.listen(told::add);
        cache.awaitInSync(PATIENCE);

        relay.cutAndRefuse();
        Await.until("it is known", () -> cache.staleSince().isPresent());
        pando.setData(path("node"), "meanwhile").now();
        assertEquals("before", cache.latest().orElseThrow().text());
        relay.heal();

        Await.until("it is in sync", () -> cache.staleSince().isEmpty());
        assertEquals("meanwhile", cache.latest().orElseThrow().text());
        Await.until("all is told", () -> told.size() == 5);
        assertEquals(
                List.of(
                        CacheEvent.Updated.class,
                        CacheEvent.InSync.class,
                        CacheEvent.Stale.class,
                        CacheEvent.Updated.class,
                        CacheEvent.InSync.class),
                told.stream().map(Object::getClass).toList());
    }

    @Test
    void a_listener_that_comes_late_is_told_everything_and_one_that_is_closed_nothing() throws Exception {
        Pando pando = pando();
        pando.create(path("tree/a")).makeParents().now();
        TreeCache cache = server().closing(new TreeCache(pando(), path("tree")));
        cache.awaitInSync(PATIENCE);
        AtomicInteger late = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();

        cache.listen(event -> late.incrementAndGet());
        cache.listen(event -> closed.incrementAndGet()).close();
        pando.create(path("tree/b")).now();
        Await.until("two, in sync, and one more", () -> late.get() == 4);
        // A call that was under way when it was closed is over by now: calls come one after another.
        int before = closed.get();
        pando.create(path("tree/c")).now();

        Await.until("yet another one", () -> late.get() == 5);
        assertEquals(before, closed.get());
    }

    @Test
    void no_latest_state_is_missed_and_none_told_twice_while_links_are_cut_and_sessions_end() throws Exception {
        Truth truth = new Truth();
        Pando writer = pando();
        truth.wasWritten(path("tree"), writer.create(path("tree")).now().stat().mzxid());
        Relay relay = server().relay();
        Pando pando = open(Pando.connect(relay.connectString()));
        TreeCache cache = server().closing(new TreeCache(pando, path("tree")));
        cache.listen(truth::tell);

        Random chance = new Random(20261126);
        for (int cut = 0; cut < CUTS; cut++) {
            for (int i = chance.nextInt(12); i >= 0; i--) {
                write(writer, truth, chance);
            }
            if (cut % 30 == 29) {
                expire(pando);
            } else if (cut % 10 == 9) {
                relay.cutAndRefuse();
                write(writer, truth, chance);
                relay.heal();
            } else {
                relay.cut();
            }
            if (chance.nextBoolean()) {
                pando.awaitConnected(PATIENCE);
            }
        }

        Await.until("it shows the tree as it is", PATIENCE, () -> shown(cache).equals(truth.latest()));
        Await.happens(Duration.ofSeconds(10), () -> truth.lies().isEmpty());
        assertEquals(List.of(), truth.lies());
        assertTrue(truth.told() > 300, truth.told() + " events");
    }

    private static Map<String, Long> shown(TreeCache cache) {
        Map<String, Long> shown = new HashMap<>();
        for (Map.Entry<String, CachedNode> each : cache.all().entrySet()) {
            shown.put(each.getKey(), each.getValue().stat().mzxid());
        }
        return shown;
    }

    /** One write to one of twelve znodes, in two generations. */
    private void write(Pando writer, Truth truth, Random chance) throws Exception {
        String parent = path("tree/" + chance.nextInt(3));
        String path = chance.nextInt(4) == 0 ? parent : parent + "/" + chance.nextInt(3);
        if (truth.latest(path).isEmpty()) {
            if (path.equals(parent) || truth.latest(parent).isPresent()) {
                truth.wasWritten(path, writer.create(path).now().stat().mzxid());
            }
        } else if (chance.nextInt(3) > 0) {
            truth.wasWritten(
                    path, writer.setData(path, "" + chance.nextInt()).now().mzxid());
        } else if (truth.latest().keySet().stream().noneMatch(other -> other.startsWith(path + "/"))) {
            writer.delete(path).now();
            truth.wasDeleted(path);
        }
    }
}
