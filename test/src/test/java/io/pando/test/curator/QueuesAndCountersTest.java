package io.pando.test.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.queue.DistributedDelayQueue;
import org.apache.curator.framework.recipes.queue.DistributedPriorityQueue;
import org.apache.curator.framework.recipes.queue.DistributedQueue;
import org.apache.curator.framework.recipes.queue.QueueBuilder;
import org.apache.curator.framework.recipes.queue.QueueConsumer;
import org.apache.curator.framework.recipes.queue.QueueSerializer;
import org.apache.curator.framework.recipes.queue.SimpleDistributedQueue;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues that hand each item to one consumer, and counters that lose no increment. */
class QueuesAndCountersTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void every_item_of_a_queue_is_consumed_once() throws Exception {
        Consumed consumed = new Consumed();
        for (int i = 0; i < 3; i++) {
            DistributedQueue<String> consumer =
                    builder(consumed).lockPath(SERVER.path("locks")).buildQueue();
            consumer.start();
            SERVER.closing(consumer);
        }

        Set<String> put = new TreeSet<>();
        for (List<String> each : Crowd.act(SERVER, 2, (client, number) -> putItems(client, number))) put.addAll(each);

        Await.until("all are consumed", () -> consumed.items.size() >= put.size());
        assertEquals(put.size(), consumed.items.size(), "none twice");
        assertEquals(put, new TreeSet<>(consumed.items));
    }

    private static List<String> putItems(CuratorFramework client, int number) throws Exception {
        DistributedQueue<String> producer = QueueBuilder.<String>builder(client, null, TEXT, SERVER.path("queue"))
                .buildQueue();
        producer.start();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String item = number + "-" + i;
            producer.put(item);
            items.add(item);
        }
        return items;
    }

    @Test
    void a_priority_queue_hands_out_the_urgent_first() throws Exception {
        Consumed consumed = new Consumed();
        DistributedPriorityQueue<String> producer = SERVER.closing(builder(null).buildPriorityQueue(1));
        producer.start();
        for (int priority : new int[] {5, 1, 4, 2, 3}) producer.put("p" + priority, priority);
        producer.flushPuts(20, TimeUnit.SECONDS);

        DistributedPriorityQueue<String> consumer =
                SERVER.closing(builder(consumed).buildPriorityQueue(1));
        consumer.start();

        Await.until("all are consumed", () -> consumed.items.size() == 5);
        assertEquals(List.of("p1", "p2", "p3", "p4", "p5"), List.copyOf(consumed.items));
    }

    @Test
    void a_delay_queue_holds_items_back() throws Exception {
        Consumed consumed = new Consumed();
        DistributedDelayQueue<String> producer = SERVER.closing(builder(null).buildDelayQueue());
        producer.start();
        long now = System.currentTimeMillis();

        producer.put("late", now + 1_000);
        producer.put("soon", now + 300);
        producer.flushPuts(20, TimeUnit.SECONDS);
        // Begins when both are there: otherwise the first to arrive would come first, once both are due.
        DistributedDelayQueue<String> consumer =
                SERVER.closing(builder(consumed).buildDelayQueue());
        consumer.start();

        Await.until("both are consumed", () -> consumed.items.size() == 2);
        assertEquals(List.of("soon", "late"), List.copyOf(consumed.items));
        assertTrue(System.currentTimeMillis() >= now + 1_000);
    }

    @Test
    void a_simple_queue_gives_each_item_to_one_taker_in_order() throws Exception {
        var queue = new SimpleDistributedQueue(Crowd.client(SERVER), SERVER.path("queue"));
        for (int i = 0; i < 60; i++) queue.offer(("" + i).getBytes(UTF_8));

        List<List<Integer>> taken = Crowd.act(SERVER, 3, (client, number) -> {
            var mine = new SimpleDistributedQueue(client, SERVER.path("queue"));
            List<Integer> items = new ArrayList<>();
            for (int i = 0; i < 20; i++) items.add(Integer.parseInt(new String(mine.take(), UTF_8)));
            return items;
        });

        Set<Integer> all = new TreeSet<>();
        for (List<Integer> items : taken) {
            assertEquals(items.stream().sorted().toList(), items);
            all.addAll(items);
        }
        assertEquals(60, all.size());
    }

    @Test
    void an_atomic_long_loses_no_increment() throws Exception {
        Crowd.act(SERVER, 5, (client, number) -> {
            var counter = new DistributedAtomicLong(client, SERVER.path("counter"), new RetryNTimes(1_000, 1));
            for (int i = 0; i < 20; i++) assertTrue(counter.increment().succeeded());
            return number;
        });

        var counter = new DistributedAtomicLong(Crowd.client(SERVER), SERVER.path("counter"), new RetryNTimes(1, 1));
        assertEquals(100, counter.get().postValue());
    }

    @Test
    void a_shared_count_changes_only_from_the_version_that_was_seen() throws Exception {
        Crowd.act(SERVER, 4, (client, number) -> {
            SharedCount count = new SharedCount(client, SERVER.path("count"), 0);
            count.start();
            for (int i = 0; i < 10; i++) {
                Await.until("the count was raised", () -> {
                    var seen = count.getVersionedValue();
                    return count.trySetCount(seen, seen.getValue() + 1);
                });
            }
            count.close();
            return number;
        });

        SharedCount count = SERVER.closing(new SharedCount(Crowd.client(SERVER), SERVER.path("count"), 0));
        count.start();
        assertEquals(40, count.getCount());
    }

    /** Without a consumer it is a producer's. */
    private static QueueBuilder<String> builder(@Nullable Consumed consumed) throws InterruptedException {
        return QueueBuilder.builder(Crowd.client(SERVER), consumed, TEXT, SERVER.path("queue"));
    }

    private static final class Consumed implements QueueConsumer<String> {
        private final ConcurrentLinkedQueue<String> items = new ConcurrentLinkedQueue<>();

        @Override
        public void consumeMessage(String item) {
            items.add(item);
        }

        @Override
        public void stateChanged(CuratorFramework client, ConnectionState state) {}
    }

    private static final QueueSerializer<String> TEXT = new QueueSerializer<>() {
        @Override
        public byte[] serialize(String item) {
            return item.getBytes(UTF_8);
        }

        @Override
        public String deserialize(byte[] bytes) {
            return new String(bytes, UTF_8);
        }
    };
}
