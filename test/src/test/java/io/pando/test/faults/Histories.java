package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.test.linearizability.Checker;
import io.pando.test.linearizability.History;
import io.pando.test.linearizability.Register;
import io.pando.test.linearizability.Sequence;
import io.pando.test.linearizability.Verdict.Linearizable;
import java.time.Duration;

/** All that was asked and answered: of registers and of sequences, each to be judged by its own model. */
record Histories(
        History<Register.Request, Register.Answer> registers, History<Sequence.Request, Sequence.Answer> sequences) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    Histories() {
        this(new History<>(), new History<>());
    }

    void assertLinearizable() {
        assertEquals(new Linearizable(), new Checker<>(new Register(""), PATIENCE).check(registers.operations()));
        assertEquals(new Linearizable(), new Checker<>(new Sequence(), PATIENCE).check(sequences.operations()));
    }
}
