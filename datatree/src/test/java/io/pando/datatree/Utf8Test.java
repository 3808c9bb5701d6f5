package io.pando.datatree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Bytes are compared, ordered and hashed as the Strings would be that they stand for. */
class Utf8Test {
    @Property
    void text_comes_back_as_it_was(@ForAll("names") String name) {
        byte[] utf8 = Utf8.encode(name);

        assertArrayEquals(name.getBytes(UTF_8), utf8);
        assertEquals(name, Utf8.decode(utf8));
        assertSame(utf8, Utf8.checked(utf8));
    }

    @Property
    void the_hash_is_that_of_the_string(@ForAll("names") String name) {
        assertEquals(name.hashCode(), Utf8.hash(Utf8.encode(name)));
    }

    @Property
    void the_digest_of_a_name_is_that_of_its_characters(@ForAll("names") String name, @ForAll long before) {
        assertEquals(Digest.path(before, name, 0, name.length()), Digest.path(before, Utf8.encode(name)));
    }

    @Property
    void the_order_is_that_of_strings(
            @ForAll("names") String begin, @ForAll("names") String one, @ForAll("names") String two) {
        String left = begin + one;
        String right = begin + two;
        int order = Integer.signum(left.compareTo(right));

        assertEquals(order, Integer.signum(Arrays.compareUnsigned(Utf8.encode(left), Utf8.encode(right))));
    }

    @Test
    void text_with_surrogates_can_not_be_made_bytes() {
        for (String text : List.of("\ud83d\ude00", "\ud83d", "\ude00", "a\ud83d", "\ud800", "\udfff")) {
            assertThrows(IllegalArgumentException.class, () -> Utf8.encode(text));
        }
    }

    @Test
    void bytes_that_no_text_has_are_refused() {
        byte[][] wrong = {
            {(byte) 0x80}, // goes on with nothing
            {(byte) 0xc3}, // begins, and ends
            {'a', (byte) 0xe6, (byte) 0x9d},
            {(byte) 0xc1, (byte) 0xa1}, // longer than need be
            {(byte) 0xed, (byte) 0xa0, (byte) 0xbd}, // a surrogate
            {(byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80}, // above U+FFFF
            {(byte) 0xff}
        };
        for (byte[] bytes : wrong) {
            assertThrows(IllegalArgumentException.class, () -> Utf8.checked(bytes), Arrays.toString(bytes));
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Names.ofAllKinds();
    }
}
