package io.pando.recipes.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final byte[] TWO = {0, 1, 0, 1, 1, 0, 0, 0, 1, 'a', 1, 0, 0, 0, 0, 2};

    @Test
    void items_are_written_as_curator_writes_them() {
        assertArrayEquals(TWO, Bundle.encode(List.of("a".getBytes(UTF_8), new byte[0])));
    }

    @Test
    void what_was_written_is_read() {
        List<byte[]> items = Bundle.decode(TWO);

        assertEquals(2, items.size());
        assertArrayEquals("a".getBytes(UTF_8), items.get(0));
        assertEquals(0, items.get(1).length);
    }

    @Test
    void what_is_cut_short_or_foreign_is_refused() {
        for (int length = 0; length < TWO.length; length++) {
            byte[] cut = Arrays.copyOf(TWO, length);
            assertThrows(IllegalArgumentException.class, () -> Bundle.decode(cut), length + " bytes");
        }
        assertThrows(IllegalArgumentException.class, () -> Bundle.decode("foreign".getBytes(UTF_8)));
        assertThrows(IllegalArgumentException.class, () -> Bundle.decode(new byte[] {0, 1, 0, 1, 7, 2}));
        assertThrows(
                IllegalArgumentException.class, () -> Bundle.decode(new byte[] {0, 1, 0, 1, 1, -1, -1, -1, -1, 2}));
    }
}
