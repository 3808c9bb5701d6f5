package io.pando.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpSchemeTest {
    private final IpScheme scheme = new IpScheme();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0/0",
                "10.0.0.0/8",
                "10.1.2.3/31",
                "10.1.2.3/32",
                "::1",
                "::/0",
                "fe80::/10",
                "2001:db8::1/128",
            })
    void an_acl_may_name_an_address_or_a_network(String id) {
        assertTrue(scheme.acceptsInAcl(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "localhost",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/x",
                "10.0.0.0/99999999999",
                "::/129",
                "1::2::3",
                "anyone",
            })
    void an_acl_may_not_name_anything_else(String id) {
        assertFalse(scheme.acceptsInAcl(id));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,    10.1.2.3,        true",
        "10.1.2.3,    10.1.2.4,        false",
        "10.1.2.3,    10.0.0.0/8,      true",
        "11.1.2.3,    10.0.0.0/8,      false",
        "11.1.2.3,    10.0.0.0/7,      true",
        "200.1.2.3,   10.0.0.0/0,      true",
        "10.1.2.3,    10.1.2.2/31,     true",
        "10.1.2.3,    10.1.2.2/32,     false",
        "10.1.2.3,    10.1.2.3/32,     true",
        "192.168.1.1, 192.168.255.0/17, false",
        "0:0:0:0:0:0:0:1, ::1,         true",
        "0:0:0:0:0:0:0:1, ::2/126,     true",
        "0:0:0:0:0:0:0:1, ::2/127,     false",
        "0:0:0:0:0:0:0:1, ::1/128,     true",
        "0:0:0:0:0:0:0:2, ::1/128,     false",
        "fe80:0:0:0:1:2:3:4%eth0, fe80::/10, true",
        "2001:db8:0:0:0:0:0:1, fe80::/10, false",
        "10.1.2.3,    ::/0,            false",
        "0:0:0:0:0:0:0:1, 0.0.0.0/0,   false",
        "10.1.2.3,    nonsense,        false",
    })
    void an_address_is_meant_if_its_first_bits_are_those_of_the_network(
            String address, String network, boolean isMeant) {
        assertEquals(isMeant, scheme.matches(address, network));
    }
}
