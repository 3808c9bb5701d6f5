package io.pando.test.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void percentiles_are_those_of_what_came_between_begin_and_end() {
        var tally = new Tally();
        tally.completed(TimeUnit.SECONDS.toNanos(1), 0);
        tally.begin();
        for (int us = 1; us <= 1_000; us++) {
            tally.completed(TimeUnit.MICROSECONDS.toNanos(us), 0);
        }
        tally.end();
        tally.completed(TimeUnit.SECONDS.toNanos(1), 0);

        var latencies = tally.latencies();

        assertEquals(1_000, latencies.count());
        assertEquals(500, latencies.p50Us(), 0.5);
        assertEquals(900, latencies.p90Us(), 0.9);
        assertEquals(990, latencies.p99Us(), 1);
        assertEquals(999, latencies.p999Us(), 1);
        assertEquals(1_000, latencies.maxUs(), 1);
        assertEquals(500.5, latencies.meanUs(), 1);
    }

    @Test
    void errors_count_at_any_time() {
        var tally = new Tally();
        tally.completed(1, -101);
        tally.begin();
        tally.completed(1, -101);
        tally.end();
        tally.completed(1, -4);

        assertEquals(Map.of(-101, 2L, -4, 1L), tally.errors().countByCode());
        assertEquals("2 x -101, 1 x -4", tally.errors().toString());
    }
}
