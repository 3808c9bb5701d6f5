package io.pando.datatree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

/** A path falls into the names that it is made of. What is found by them is shown by {@link TreeTest}. */
class PathNamesTest {
    @Property
    void names_come_one_by_one_with_their_hashes(@ForAll("names") @NotEmpty List<String> expected) {
        var names = PathNames.of("/" + String.join("/", expected));

        for (int i = 0; i < expected.size(); i++) {
            byte[] name = Utf8.encode(expected.get(i));
            assertTrue(names.next());
            assertArrayEquals(name, names.name());
            assertEquals(Keyed.hashOf(name), names.hash());
            assertEquals("/" + String.join("/", expected.subList(0, i + 1)), names.pathToHere());
            assertEquals(i == expected.size() - 1, names.isLast());
        }
        assertFalse(names.next());
    }

    @Test
    void the_root_has_no_name() {
        assertFalse(PathNames.of("/").next());
        assertFalse(PathNames.of("").next());
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Names.ofAllKinds()
                .filter(name -> !name.contains("/") && !name.isEmpty())
                .list()
                .ofMaxSize(5);
    }
}
