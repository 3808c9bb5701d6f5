package io.pando.test.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.bench.load.LoadException;
import org.junit.jupiter.api.Test;

class HeapTest {
    @Test
    void the_last_line_of_a_histogram_is_the_sum() {
        var histogram =
                """
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         12345        9876543  [B (java.base@25)
                   2:             7            112  Total
                Total         12352        9876655
                """;

        assertEquals(9_876_655, Heap.totalOf(histogram));
    }

    @Test
    void what_is_no_histogram_is_not_taken_for_an_empty_heap() {
        var failure = assertThrows(LoadException.class, () -> Heap.totalOf("4711: No such process\n"));

        assertTrue(failure.toString().contains("No such process"));
    }
}
