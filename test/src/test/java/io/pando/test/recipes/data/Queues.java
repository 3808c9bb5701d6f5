package io.pando.test.recipes.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.priorityqueue.PriorityQueue;
import io.pando.recipes.queue.Claim;
import io.pando.recipes.queue.SimpleQueue;
import io.pando.recipes.queue.WorkQueue;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.queue.QueueBuilder;
import org.apache.curator.framework.recipes.queue.QueueConsumer;
import org.apache.curator.framework.recipes.queue.QueueSerializer;
import org.apache.curator.framework.recipes.queue.SimpleDistributedQueue;
import org.apache.curator.framework.state.ConnectionState;
import org.junit.jupiter.api.Test;

/** Who gets which item, when, and what becomes of it when its worker dies; with Curator's queues on the same paths. */
abstract class Queues extends DataRecipes {
    private WorkQueue workQueue(Pando pando) {
        return new WorkQueue(pando, path("queue"), path("claims"));
    }

    @Test
    void a_simple_queue_gives_each_item_to_one_taker_of_either_library_in_order() throws Exception {
        SimpleQueue mine = new SimpleQueue(pando(), path("queue"));
        SimpleDistributedQueue curators = new SimpleDistributedQueue(curator(), path("queue"));
        for (int i = 0; i < 60; i += 2) {
            mine.offer(bytes("" + i));
            curators.offer(bytes("" + (i + 1)));
        }

        List<List<Integer>> taken = crowd(3, number -> {
            List<Integer> items = new ArrayList<>();
            SimpleQueue queue = new SimpleQueue(pando(), path("queue"));
            SimpleDistributedQueue theirs = new SimpleDistributedQueue(curator(), path("queue"));
            for (int i = 0; i < 20; i++) {
                items.add(Integer.valueOf(text(number == 0 ? theirs.take() : queue.take(PATIENCE))));
            }
            return items;
        });

        TreeSet<Integer> all = new TreeSet<>();
        for (List<Integer> items : taken) {
            assertEquals(items.stream().sorted().toList(), items);
            all.addAll(items);
        }
        assertEquals(60, all.size());
        assertTrue(mine.poll().isEmpty());
        assertTrue(mine.peek().isEmpty());
    }

    @Test
    void a_taker_waits_for_the_first_item_and_not_for_ever() throws Exception {
        SimpleQueue queue = new SimpleQueue(pando(), path("queue"));
        assertThrows(TimeoutException.class, () -> queue.take(Duration.ofMillis(50)));

        var taken = queue.takeAsync();
        new SimpleQueue(pando(), path("queue")).offer(bytes("late"));

        assertEquals("late", text(taken.get(30, TimeUnit.SECONDS)));
    }

    @Test
    void a_claimed_item_is_nobody_elses_until_it_is_released_and_gone_when_it_is_done() throws Exception {
        WorkQueue mine = workQueue(pando());
        WorkQueue theirs = workQueue(pando());
        mine.put(bytes("work"));
        Claim claim = mine.take(PATIENCE);
        assertTrue(theirs.claim().isEmpty());

        var waiting = theirs.takeAsync();
        claim.close();
        Claim again = waiting.get(30, TimeUnit.SECONDS);

        assertEquals("work", text(again.item()));
        assertEquals(1, mine.size());
        assertTrue(again.done());
        assertEquals(0, mine.size());
        assertTrue(mine.claim().isEmpty());
    }

    @Test
    void the_work_of_one_whose_session_ended_is_given_to_another_and_only_that_one_completes_it() throws Exception {
        Pando slow = pando();
        Pando other = pando();
        workQueue(slow).put(bytes("work"));
        Claim lost = workQueue(slow).take(PATIENCE);

        expire(slow);
        Claim given = workQueue(other).take(PATIENCE);

        assertFalse(lost.done());
        lost.close();
        assertEquals(1, workQueue(other).size());
        assertTrue(given.done());
        assertEquals(0, workQueue(other).size());
    }

    @Test
    void who_finds_that_nobody_has_claimed_its_work_since_may_still_complete_it() throws Exception {
        Pando slow = pando();
        workQueue(slow).put(bytes("work"));
        Claim claim = workQueue(slow).take(PATIENCE);

        expire(slow);

        assertTrue(claim.done());
        assertEquals(0, workQueue(slow).size());
        assertFalse(claim.done());
    }

    @Test
    void no_item_is_lost_and_none_completed_twice_while_workers_lose_their_connections_and_sessions() throws Exception {
        int items = 60;
        WorkQueue producer = workQueue(pando());
        for (int i = 0; i < items; i++) {
            producer.put(bytes("" + i));
        }
        ConcurrentLinkedQueue<String> completed = new ConcurrentLinkedQueue<>();

        crowd(3, number -> {
            Relay relay = server().relay();
            Pando pando = open(Pando.connect(relay.connectString()).sessionTimeout(Duration.ofSeconds(20)));
            WorkQueue queue = workQueue(pando);
            for (int turn = 0; producer.size() > 0; turn++) {
                Optional<Claim> claim = queue.claim();
                if (claim.isEmpty()) {
                    continue;
                }
                if (turn % 4 == number) {
                    relay.cut();
                } else if (turn % 9 == 8) {
                    expire(pando);
                }
                if (claim.get().done()) {
                    completed.add(text(claim.get().item()));
                }
            }
            return number;
        });

        assertEquals(items, completed.size());
        assertEquals(items, new TreeSet<>(completed).size());
    }

    @Test
    void curators_workers_and_ours_share_a_queue_with_claims() throws Exception {
        ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
        var curators = QueueBuilder.builder(curator(), consumer(done), TEXT, path("queue"))
                .lockPath(path("claims"))
                .buildQueue();
        curators.start();
        server().closing(curators);
        WorkQueue mine = workQueue(pando());

        for (int i = 0; i < 20; i++) {
            mine.put(bytes("mine-" + i));
            curators.put("curators-" + i);
        }
        Await.until("all is done", () -> {
            Optional<Claim> claim = mine.claim();
            if (claim.isPresent() && claim.get().done()) {
                done.add(text(claim.get().item()));
            }
            return mine.size() == 0;
        });

        Await.until("Curator's worker has finished", () -> done.size() >= 40);
        assertEquals(40, done.size(), "none twice");
        assertEquals(40, new TreeSet<>(done).size());
    }

    @Test
    void the_most_urgent_item_of_either_library_is_due_first() throws Exception {
        PriorityQueue mine = new PriorityQueue(pando(), path("queue"), path("claims"));
        var curators = QueueBuilder.<String>builder(curator(), null, TEXT, path("queue"))
                .buildPriorityQueue(1);
        curators.start();
        server().closing(curators);

        for (int priority : new int[] {5, -3, Integer.MAX_VALUE}) {
            mine.put(bytes("p" + priority), priority);
        }
        for (int priority : new int[] {4, -9, 0}) {
            curators.put("p" + priority, priority);
        }
        curators.flushPuts(20, TimeUnit.SECONDS);

        List<String> taken = new ArrayList<>();
        while (mine.size() > 0) {
            try (Claim claim = mine.take(PATIENCE)) {
                taken.add(text(claim.item()));
                assertTrue(claim.done());
            }
        }
        assertEquals(List.of("p-9", "p-3", "p0", "p4", "p5", "p" + Integer.MAX_VALUE), taken);
    }

    @Test
    void what_is_no_item_stays_and_holds_nobody_up() throws Exception {
        Pando pando = pando();
        pando.create(path("queue") + "/queue-0000000000")
                .data("foreign")
                .makeParents()
                .now();
        workQueue(pando).put(bytes("work"));

        Claim claim = workQueue(pando).take(PATIENCE);

        assertEquals("work", text(claim.item()));
        assertTrue(claim.done());
        assertTrue(workQueue(pando).claim().isEmpty());
    }

    private static QueueConsumer<String> consumer(ConcurrentLinkedQueue<String> done) {
        return new QueueConsumer<>() {
            @Override
            public void consumeMessage(String item) {
                done.add(item);
            }

            @Override
            public void stateChanged(CuratorFramework client, ConnectionState state) {}
        };
    }

    private static final QueueSerializer<String> TEXT = new QueueSerializer<>() {
        @Override
        public byte[] serialize(String item) {
            return bytes(item);
        }

        @Override
        public String deserialize(byte[] bytes) {
            return text(bytes);
        }
    };
}
