package io.pando.recipes.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final List<String> LINE =
            List.of("_c_b-lock-0000000003", "_c_a-lock-0000000004", "_c_c-lock-0000000007");

    @Test
    void who_is_first_waits_for_nobody() {
        assertEquals(Optional.empty(), Turn.ONE_BY_ONE.waitsFor(LINE, LINE.get(0)));
    }

    @Test
    void everybody_else_waits_for_the_one_right_in_front_and_so_only_one_is_woken_when_somebody_goes() {
        assertEquals(Optional.of(LINE.get(0)), Turn.ONE_BY_ONE.waitsFor(LINE, LINE.get(1)));
        assertEquals(Optional.of(LINE.get(1)), Turn.ONE_BY_ONE.waitsFor(LINE, LINE.get(2)));
    }
}
