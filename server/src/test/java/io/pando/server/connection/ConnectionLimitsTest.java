package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private final InetAddress here = address(1);
    private final InetAddress there = address(2);

    @Test
    void an_address_has_its_own_limit() {
        var limits = new ConnectionLimits(0, 2);

        assertTrue(limits.admit(here));
        assertTrue(limits.admit(here));
        assertFalse(limits.admit(here));
        assertTrue(limits.admit(there));
    }

    @Test
    void all_together_have_a_limit() {
        var limits = new ConnectionLimits(2, 0);

        assertTrue(limits.admit(here));
        assertTrue(limits.admit(there));
        assertFalse(limits.admit(there));
    }

    @Test
    void who_leaves_makes_room_and_who_was_refused_takes_none() {
        var limits = new ConnectionLimits(3, 2);
        limits.admit(here);
        limits.admit(here);
        assertFalse(limits.admit(here));
        assertTrue(limits.admit(there));
        assertFalse(limits.admit(there));

        limits.release(here);

        assertTrue(limits.admit(here));
        assertFalse(limits.admit(there));
    }

    @Test
    void nothing_is_limited_by_nought() {
        var limits = new ConnectionLimits(0, 0);

        for (int i = 0; i < 1_000; i++) {
            assertTrue(limits.admit(here));
        }
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
