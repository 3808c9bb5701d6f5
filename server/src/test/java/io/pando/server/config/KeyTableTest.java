package io.pando.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    private final KeyTable table = new KeyTable();

    @Test
    void every_key_is_found_by_its_name_its_aliases_and_its_system_property() {
        for (var key : ActiveKeys.all()) {
            assertEquals(Optional.of(key), table.find(key.name()));
            assertEquals(Optional.of(key), table.find("zookeeper." + key.name()));
            assertEquals(Optional.of(key.name()), table.findByVariable(KeyTable.asVariable(key.name())));
        }
    }

    @Test
    void a_member_of_a_family_is_known_and_its_bare_beginning_is_not() {
        assertTrue(table.find("ssl.quorum.keyStore.location").isPresent());
        assertTrue(table.find("ssl.").isEmpty());
        assertEquals(Optional.of("server.3"), table.findByVariable("SERVER_3"));
    }

    @Test
    void the_nearest_key_is_suggested_and_nothing_far_away() {
        assertEquals(Optional.of("maxClientCnxns"), table.closest("maxClientConns"));
        assertEquals(Optional.of("jute.maxbuffer"), table.closest("zookeeper.jute.maxBufer"));
        assertEquals(Optional.empty(), table.closest("colourOfTheSky"));
    }
}
