package io.pando.zab.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The first bytes between two servers: read by every version there will ever be. */
class GreetingTest {

    @Test
    void a_greeting_is_encoded_as_its_golden_file_says() throws MalformedMessageException {
        byte[] golden = GoldenMessages.file("greeting");

        assertArrayEquals(golden, GoldenMessages.GREETING.encode().array());
        assertEquals(GoldenMessages.GREETING, Greeting.decode(GoldenMessages.body(golden)));
    }

    @Test
    void one_that_is_changed_in_its_magic_or_version_or_purpose_is_refused() {
        for (int at = 4; at < 17; at++) {
            byte[] changed = GoldenMessages.file("greeting");
            changed[at] ^= 4;

            assertThrows(
                    MalformedMessageException.class, () -> Greeting.decode(GoldenMessages.body(changed)), "at " + at);
        }
    }

    @Test
    void a_later_version_is_refused_by_its_number_even_if_it_says_more() {
        byte[] longer = new byte[200];
        System.arraycopy(GoldenMessages.file("greeting"), 0, longer, 0, 73);
        int later = Greeting.VERSION + 1;
        longer[15] = (byte) later;

        MalformedMessageException refused =
                assertThrows(MalformedMessageException.class, () -> Greeting.decode(GoldenMessages.body(longer)));
        assertEquals(
                "It speaks version " + later + " of the protocol between servers, this server " + Greeting.VERSION,
                refused.getMessage());
    }

    @Test
    void the_members_of_the_largest_ensemble_find_room() throws MalformedMessageException {
        SortedMap<Long, Integer> checksums = new TreeMap<>();
        for (long id = 0; id < 255; id++) {
            checksums.put(id, (int) id);
        }
        Hello hello =
                new Hello(GoldenMessages.CLUSTER, 3, GoldenMessages.DATA, 77, 1 << 26, new ListedMembers(checksums));

        ByteBuffer encoded = new Greeting(Greeting.Purpose.MESSAGES, 1, hello).encode();

        Greeting.checkLength(encoded.getInt());
        assertEquals(hello, Greeting.decode(encoded).hello());
    }

    @Test
    void one_that_is_too_short_or_too_long_is_refused() {
        byte[] golden = GoldenMessages.file("greeting");
        for (int length = 0; length < golden.length - Integer.BYTES; length++) {
            ByteBuffer cut = ByteBuffer.wrap(golden, Integer.BYTES, length);
            assertThrows(MalformedMessageException.class, () -> Greeting.decode(cut));
        }
        assertThrows(MalformedMessageException.class, () -> Greeting.checkLength(-1));
        assertThrows(MalformedMessageException.class, () -> Greeting.checkLength(4097));
        assertTrue(golden.length < 4097);
    }
}
