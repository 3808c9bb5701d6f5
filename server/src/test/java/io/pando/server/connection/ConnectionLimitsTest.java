package io.pando.server.connection;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pando.datatree.Id;
import io.pando.server.auth.AccessControl;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private final InetAddress here = address(1);
    private final InetAddress there = address(2);

    @Test
    void an_address_has_its_own_limit() {
        var limits = limits(0, 2);

        assertNotNull(limits.admit(here));
        assertNotNull(limits.admit(here));
        assertNull(limits.admit(here));
        assertNotNull(limits.admit(there));
    }

    @Test
    void all_together_have_a_limit() {
        var limits = limits(2, 0);

        assertNotNull(limits.admit(here));
        assertNotNull(limits.admit(there));
        assertNull(limits.admit(there));
    }

    @Test
    void who_leaves_makes_room_and_who_was_refused_takes_none() {
        var limits = limits(3, 2);
        limits.admit(here);
        ClientAddress address = limits.admit(here);
        assertNull(limits.admit(here));
        assertNotNull(limits.admit(there));
        assertNull(limits.admit(there));

        limits.release(requireNonNull(address));

        assertNotNull(limits.admit(here));
        assertNull(limits.admit(there));
    }

    @Test
    void nothing_is_limited_by_nought() {
        var limits = limits(0, 0);

        for (int i = 0; i < 1_000; i++) {
            assertNotNull(limits.admit(here));
        }
    }

    @Test
    void what_an_address_stands_for_is_made_once_for_all_who_are_connected_from_there() {
        var limits = limits(0, 0);
        ClientAddress first = limits.admit(here);

        assertSame(first, limits.admit(here));
        assertEquals(new ClientAddress(there, List.of(new Id("ip", "10.0.0.2"))), limits.admit(there));
    }

    /** The same address behind another network interface is another host. */
    @Test
    void an_ipv6_address_is_one_with_its_scope() throws UnknownHostException {
        var limits = limits(0, 1);
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();

        assertNotNull(limits.admit(Inet6Address.getByAddress(null, linkLocal, 1)));
        ClientAddress other = limits.admit(Inet6Address.getByAddress(null, linkLocal, 2));

        assertEquals(
                List.of(new Id("ip", "fe80:0:0:0:0:0:0:1%2")),
                requireNonNull(other).identities());
    }

    private static ConnectionLimits limits(int maxTotal, int maxPerAddress) {
        return new ConnectionLimits(maxTotal, maxPerAddress, new AccessControl(null, null, true)::initialIdentities);
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
