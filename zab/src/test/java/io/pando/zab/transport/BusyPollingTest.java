package io.pando.zab.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

class BusyPollingTest {
    private static final long LONGEST = 200_000;
    private static final long LONG_REST = 50_000_000;
    private static final long GLANCE = 1_000;
    private static final long SLICE = 3_000_000;

    private long now = Long.MAX_VALUE - LONGEST; // such a clock may begin anywhere, and go round
    private long giveWayTakes = GLANCE;
    private int ready;
    private final BusyPolling polling = new BusyPolling(LONGEST, () -> now, () -> now += giveWayTakes);

    private int next(boolean hasTasks) throws Exception {
        return polling.calculateStrategy(() -> ready, hasTasks);
    }

    private int next() throws Exception {
        return next(false);
    }

    /** Counts the looks until it sleeps. */
    private int looksBeforeSleep() throws Exception {
        int looks = 0;
        while (next() != SelectStrategy.SELECT) {
            looks++;
            assertTrue(looks < 10_000, "it never sleeps");
        }
        return looks;
    }

    private void sleepAndWakeAfter(long nanos) throws Exception {
        looksBeforeSleep();
        now += nanos;
    }

    @Test
    void an_event_loop_that_was_busy_looks_for_as_long_as_it_may_and_then_sleeps() throws Exception {
        assertEquals(LONGEST / GLANCE, looksBeforeSleep());
    }

    @Test
    void what_comes_while_it_looks_is_found_at_once_and_it_looks_on() throws Exception {
        next();
        ready = 3;
        assertEquals(3, next());
        ready = 0;
        assertEquals(LONGEST / GLANCE, looksBeforeSleep());
    }

    @Test
    void tasks_are_never_kept_waiting() throws Exception {
        restOften(LONG_REST);
        assertEquals(0, next(true));
        ready = 2;
        assertEquals(2, next(true));
    }

    @Test
    void after_some_long_rests_it_sleeps_as_soon_as_there_is_nothing_to_do() throws Exception {
        restOften(LONG_REST);
        assertEquals(0, looksBeforeSleep());
        now += LONG_REST;
        assertEquals(0, looksBeforeSleep());
    }

    @Test
    void a_short_rest_makes_it_look_again() throws Exception {
        restOften(LONG_REST);
        sleepAndWakeAfter(LONGEST / 2);
        assertEquals(LONGEST / GLANCE, looksBeforeSleep());
    }

    @Test
    void where_every_other_rest_is_short_it_looks() throws Exception {
        restOften(LONG_REST);
        for (int i = 0; i < 10; i++) {
            sleepAndWakeAfter(LONG_REST);
            next();
            now += LONGEST / 2;
            ready = 1;
            next();
            ready = 0;
        }
        assertEquals(LONGEST / GLANCE, looksBeforeSleep());
    }

    @Test
    void where_giving_way_takes_a_time_slice_it_sleeps_at_once_for_twice_as_long_each_time() throws Exception {
        long first = pauseAfterASlice();
        assertEquals(2, (double) pauseAfterASlice() / first, 0.2);
        assertEquals(4, (double) pauseAfterASlice() / first, 0.5);
        for (int i = 0; i < 20; i++) {
            pauseAfterASlice();
        }
        assertEquals(256, (double) pauseAfterASlice() / first, 10, "it tries again four times a second");
    }

    @Test
    void a_slice_lost_now_and_then_among_many_finds_costs_no_long_pause() throws Exception {
        long first = pauseAfterASlice();
        for (int slices = 0; slices < 20; slices++) {
            for (int i = 0; i < 100; i++) {
                next();
                ready = 1;
                next();
                ready = 0;
            }
            assertTrue(pauseAfterASlice() < 2 * first, "pauses grow");
        }
    }

    /** Loses a slice, and returns for how long it doesn't look then, though it has things to do all the time. */
    private long pauseAfterASlice() throws Exception {
        giveWayTakes = SLICE;
        assertEquals(0, next());
        giveWayTakes = GLANCE;
        long begin = now;
        do {
            now += LONGEST / 8; // divides the shortest pause
            ready = 1;
            next();
            ready = 0;
        } while (next() == SelectStrategy.SELECT);
        long end = now - GLANCE;
        ready = 1;
        next();
        ready = 0;
        return end - begin;
    }

    private void restOften(long nanos) throws Exception {
        for (int i = 0; i < 10; i++) {
            sleepAndWakeAfter(nanos);
        }
    }
}
