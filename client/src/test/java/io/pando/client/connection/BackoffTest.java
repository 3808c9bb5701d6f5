package io.pando.client.connection;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Property
    void a_delay_doubles_up_to_a_bound_and_is_between_half_of_that_and_all_of_it(
            @ForAll @LongRange(min = 1, max = 10_000) long first,
            @ForAll @LongRange(min = 0, max = 100_000) long more,
            @ForAll @IntRange(max = 100) int failures,
            @ForAll long seed) {
        long most = first + more;

        long delay = new Backoff(first, most).delayMs(failures, new Random(seed));

        double whole = Math.min((double) most, first * Math.pow(2, failures));
        assertTrue(delay >= Math.floor(whole / 2) && delay <= whole, delay + " of " + whole);
    }

    @Test
    void it_does_not_begin_at_nothing_nor_shrink() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(0, 5));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(5, 4));
    }
}
