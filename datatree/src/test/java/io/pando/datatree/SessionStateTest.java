package io.pando.datatree;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A session is kept under the digits of its id. */
class SessionStateTest {
    @Property
    void the_digits_are_those_that_are_shown_elsewhere(@ForAll long id) {
        assertKept(id);
    }

    @Example
    void ids_of_any_length_are_kept() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertKept(1L << bit);
        }
        assertKept(0);
    }

    private static void assertKept(long id) {
        assertEquals(Long.toHexString(id), new String(SessionState.keyOf(id), US_ASCII));
        assertEquals(id, new SessionState(id, 4_000, new Password(0, 0), Trie.empty()).id());
    }
}
