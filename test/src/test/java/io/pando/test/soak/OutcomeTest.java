package io.pando.test.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void three_times_as_long_as_on_a_busy_machine_is_promised_and_no_more() {
        assertEquals(Outcome.Verdict.HELD, new Outcome(List.of(), 3, 0).verdict());
        assertEquals(Outcome.Verdict.TOO_SLOW, new Outcome(List.of(), 3.1, 0).verdict());
    }

    @Test
    void nothing_is_said_of_times_when_strangers_kept_the_machine_busy() {
        assertEquals(Outcome.Verdict.UNDECIDED, new Outcome(List.of(), 1, 0.2).verdict());
        assertEquals(Outcome.Verdict.UNDECIDED, new Outcome(List.of(), 9, 0.2).verdict());
    }

    @Test
    void a_flaw_is_one_however_long_calls_took_and_whoever_else_was_there() {
        assertEquals(Outcome.Verdict.VIOLATED, new Outcome(List.of("A server died"), 1, 0.2).verdict());
    }
}
