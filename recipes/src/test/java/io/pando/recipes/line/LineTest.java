package io.pando.recipes.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineTest {
    // Nobody answers there, and nobody is asked.
    private static final Pando NOBODY =
            Pando.connect("127.0.0.1:1").closeTimeout(Duration.ofMillis(1)).open();

    @Test
    void the_order_is_that_of_the_digits_whatever_stands_in_front_of_them() {
        Line line = new Line(NOBODY, "/line", "__READ__", "__WRIT__");

        List<String> sorted = Stream.of(
                        "_c_a-__WRIT__0000000010", "_c_z-__READ__0000000009", "_c_b-__READ__00000000090000000012")
                .sorted(Comparator.comparing(line::orderOf))
                .toList();

        assertEquals(
                List.of("_c_z-__READ__0000000009", "_c_b-__READ__00000000090000000012", "_c_a-__WRIT__0000000010"),
                sorted);
    }

    @Test
    void names_are_protected_and_never_the_same() {
        String one = OwnNode.protectedName("lock-");
        String other = OwnNode.protectedName("lock-");

        assertTrue(one.matches("_c_[0-9a-f-]{36}-lock-"), one);
        assertTrue(!one.equals(other));
    }

    @Test
    void a_path_that_is_none_is_refused_at_once() {
        assertThrows(IllegalArgumentException.class, () -> new Line(NOBODY, "no/slash", "lock-"));
    }
}
