package io.pando.test.recipes.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.counter.AtomicCounter;
import io.pando.recipes.counter.SharedCount;
import io.pando.recipes.counter.SharedValue;
import io.pando.recipes.counter.VersionedValue;
import io.pando.recipes.ids.IdGenerator;
import io.pando.recipes.ids.IdRange;
import io.pando.test.harness.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.recipes.atomic.CachedAtomicLong;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.retry.RetryNTimes;
import org.junit.jupiter.api.Test;

/** Counters lose no change, shared values change only from what was seen, and an id is given out once; with Curator's on the same paths. */
abstract class Counters extends DataRecipes {
    @Test
    void a_counter_loses_no_addition_of_either_library() throws Exception {
        crowd(5, number -> {
            if (number < 3) {
                AtomicCounter counter = new AtomicCounter(pando(), path("counter"));
                for (int i = 0; i < 20; i++) {
                    counter.add(2);
                }
            } else {
                var counter = new DistributedAtomicLong(curator(), path("counter"), new RetryNTimes(1_000, 1));
                for (int i = 0; i < 20; i++) {
                    assertTrue(counter.add(3L).succeeded());
                }
            }
            return number;
        });

        assertEquals(3 * 20 * 2 + 2 * 20 * 3, new AtomicCounter(pando(), path("counter")).get());
    }

    @Test
    void a_counter_is_set_only_from_the_number_that_was_expected() throws Exception {
        AtomicCounter counter = new AtomicCounter(pando(), path("a/b/counter"));

        assertEquals(0, counter.get());
        assertFalse(counter.compareAndSet(1, 2));
        assertTrue(counter.compareAndSet(0, 5));
        assertFalse(counter.compareAndSet(0, 6));
        assertEquals(4, counter.add(-1));
        counter.set(Long.MIN_VALUE);
        assertEquals(Long.MIN_VALUE, counter.getAsync().get());
    }

    @Test
    void a_callback_may_use_the_blocking_form() throws Exception {
        Pando pando = pando();
        AtomicCounter counter = new AtomicCounter(pando, path("counter"));

        var sum = pando.exists("/").async().thenApply(seen -> {
            try {
                return counter.add(1) + counter.add(1);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });

        assertEquals(3, sum.get(30, TimeUnit.SECONDS));
    }

    @Test
    void a_shared_value_changes_only_from_the_version_that_was_seen() throws Exception {
        SharedValue mine = new SharedValue(pando(), path("value"), bytes("initial"));
        SharedValue theirs = new SharedValue(pando(), path("value"), bytes("another"));
        VersionedValue seen = mine.get();

        VersionedValue set = theirs.trySet(theirs.get(), bytes("theirs")).orElseThrow();

        assertEquals("initial", seen.text());
        assertTrue(mine.trySet(seen, bytes("mine")).isEmpty());
        assertEquals("theirs", mine.get().text());
        assertTrue(mine.trySet(set, bytes("mine")).isPresent());
    }

    @Test
    void listeners_of_a_shared_value_hear_of_the_latest_and_of_none_twice() throws Exception {
        SharedValue value = new SharedValue(pando(), path("value"), bytes("0"));
        value.get();
        List<String> heard = new CopyOnWriteArrayList<>();

        server().closing(value.listen(latest -> heard.add(latest.text())));
        for (int i = 1; i <= 50; i++) {
            value.set(bytes("" + i));
        }
        Await.until("the last value is heard of", () -> heard.contains("50"));

        List<Integer> numbers = heard.stream().map(Integer::valueOf).toList();
        assertEquals(List.copyOf(new TreeSet<>(numbers)), numbers);
    }

    @Test
    void a_shared_count_is_curators() throws Exception {
        SharedCount mine = new SharedCount(pando(), path("count"), 3);
        assertEquals(3, mine.get().number());

        try (var curators = new org.apache.curator.framework.recipes.shared.SharedCount(curator(), path("count"), 0)) {
            curators.start();
            assertEquals(3, curators.getCount());
            curators.setCount(-7);
            assertEquals(-7, mine.get().number());

            assertTrue(mine.trySet(mine.get(), 8).isPresent());
            Await.until("Curator's has the number", () -> curators.getCount() == 8);
        }
    }

    @Test
    void every_id_is_given_out_once_by_either_library() throws Exception {
        List<List<Long>> given = crowd(5, number -> {
            List<Long> ids = new ArrayList<>();
            if (number == 0) {
                var curators = new CachedAtomicLong(
                        new DistributedAtomicLong(curator(), path("ids"), new RetryNTimes(1_000, 1)), 10);
                for (int i = 0; i < 100; i++) {
                    ids.add(curators.next().preValue());
                }
            } else {
                IdGenerator mine = new IdGenerator(pando(), path("ids"), 7);
                for (int i = 0; i < 100; i++) {
                    ids.add(number == 1 ? mine.nextAsync().get() : mine.next());
                }
                IdRange range = mine.allocate(20);
                for (long id = range.first(); id <= range.last(); id++) {
                    ids.add(id);
                }
            }
            return ids;
        });

        List<Long> all = given.stream().flatMap(List::stream).toList();
        assertEquals(5 * 100 + 4 * 20, all.size());
        assertEquals(all.size(), Set.copyOf(all).size());
    }
}
