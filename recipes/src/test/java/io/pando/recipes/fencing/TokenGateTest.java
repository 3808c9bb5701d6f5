package io.pando.recipes.fencing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenGateTest {
    @Test
    void who_comes_with_a_lower_number_than_one_before_is_refused() {
        TokenGate gate = new TokenGate();

        assertTrue(gate.admits(5));
        assertTrue(gate.admits(5));
        assertFalse(gate.admits(4));
        assertTrue(gate.admits(6));
        assertFalse(gate.admits(5));
    }

    @Test
    void a_gate_that_was_kept_goes_on_where_it_was() {
        TokenGate gate = new TokenGate();
        gate.admits(7);

        TokenGate kept = new TokenGate(gate.highest());

        assertEquals(7, kept.highest());
        assertFalse(kept.admits(6));
        assertTrue(kept.admits(7));
    }
}
