package io.pando.zab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ZxidTest {
    @Property
    void epoch_and_counter_come_back(@ForAll int epoch, @ForAll int counter) {
        long zxid = Zxid.of(epoch, counter);

        assertEquals(epoch, Zxid.epoch(zxid));
        assertEquals(counter, Zxid.counter(zxid));
    }

    @Property
    void whatever_may_follow_comes_after(@ForAll long last, @ForAll long next) {
        if (Zxid.mayFollow(last, next)) {
            assertTrue(Zxid.isAfter(next, last));
        }
    }

    @Test
    void a_history_goes_on_with_the_next_counter_or_the_marker_of_a_later_epoch() {
        long last = Zxid.of(3, 7);

        assertTrue(Zxid.mayFollow(last, Zxid.of(3, 8)));
        assertTrue(Zxid.mayFollow(last, Zxid.of(4, 0)));
        assertTrue(Zxid.mayFollow(last, Zxid.of(-1, 0)));
        assertFalse(Zxid.mayFollow(last, last));
        assertFalse(Zxid.mayFollow(last, Zxid.of(3, 9)));
        assertFalse(Zxid.mayFollow(last, Zxid.of(4, 1)));
        assertFalse(Zxid.mayFollow(last, Zxid.of(2, 0)));
        assertFalse(Zxid.mayFollow(Zxid.of(3, -1), Zxid.of(4, 1)));
    }

    @Test
    void prints_as_zookeeper_does() {
        assertEquals("0x500000007", Zxid.toString(Zxid.of(5, 7)));
    }
}
