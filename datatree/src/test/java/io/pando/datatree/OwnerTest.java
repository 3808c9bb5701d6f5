package io.pando.datatree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OwnerTest {
    @Property
    void every_owner_is_of_one_kind(@ForAll long owner) {
        int kinds = (owner == Owner.PERSISTENT ? 1 : 0)
                + (Owner.isContainer(owner) ? 1 : 0)
                + (Owner.isTtl(owner) ? 1 : 0)
                + (Owner.isEphemeral(owner) ? 1 : 0);

        assertEquals(1, kinds);
    }

    @Property
    void a_time_to_live_can_be_read_back(@ForAll @LongRange(min = 1, max = Owner.MAX_TTL_MS) long ttlMs) {
        assertEquals(ttlMs, Owner.ttlMs(Owner.ttl(ttlMs)));
        assertTrue(Owner.isValid(Owner.ttl(ttlMs)));
    }

    @Test
    void a_time_to_live_out_of_range_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Owner.ttl(0));
        assertThrows(IllegalArgumentException.class, () -> Owner.ttl(Owner.MAX_TTL_MS + 1));
        assertThrows(IllegalArgumentException.class, () -> Owner.ttlMs(Owner.CONTAINER));
    }

    @Test
    void reserved_bits_of_a_time_to_live_are_not_valid() {
        assertFalse(Owner.isValid(0xff00_0000_0000_0000L));
        assertFalse(Owner.isValid(0xff00_0100_0000_0001L));
        assertThrows(
                IllegalArgumentException.class, () -> new Txn.Create("/a", null, Acl.OPEN, 0xff00_0100_0000_0001L));
        assertThrows(
                IllegalArgumentException.class, () -> new Txn.CreateSession(Owner.ttl(1), 1_000, new Password(0, 0)));
    }
}
