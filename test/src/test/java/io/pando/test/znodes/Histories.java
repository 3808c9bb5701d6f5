package io.pando.test.znodes;

import io.pando.test.linearizability.Checker;
import io.pando.test.linearizability.History;
import io.pando.test.linearizability.Model;
import io.pando.test.linearizability.Names;
import io.pando.test.linearizability.Register;
import io.pando.test.linearizability.Sequence;
import io.pando.test.linearizability.Verdict;
import io.pando.test.linearizability.Verdict.Linearizable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** All that was asked and answered: of registers, of sequences and of names, each to be judged by its own model. */
public record Histories(
        History<Register.Request, Register.Answer> registers,
        History<Sequence.Request, Sequence.Answer> sequences,
        History<Names.Request, Names.Answer> names) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public Histories() {
        this(new History<>(), new History<>(), new History<>());
    }

    /** What the checker finds out about each, in at most {@code patience} for one. */
    public Map<String, Verdict> verdicts(Duration patience) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        verdicts.put("registers", check(new Register(""), registers, patience));
        verdicts.put("sequences", check(new Sequence(), sequences, patience));
        verdicts.put("names", check(new Names(), names, patience));
        return verdicts;
    }

    private static <S, I, O> Verdict check(Model<S, I, O> model, History<I, O> history, Duration patience) {
        return new Checker<>(model, patience).check(history.operations());
    }

    public void assertLinearizable() {
        verdicts(PATIENCE).forEach((about, verdict) -> {
            if (!(verdict instanceof Linearizable)) throw new AssertionError(about + ": " + verdict);
        });
    }
}
