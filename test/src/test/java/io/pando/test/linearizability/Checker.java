package io.pando.test.linearizability;

import io.pando.test.linearizability.Verdict.Linearizable;
import io.pando.test.linearizability.Verdict.NotLinearizable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds out whether a history can be put in an order that a model explains; keys side by side, each with the whole time. */
public final class Checker<S, I, O> {
    private final Model<S, I, O> model;
    private final Duration patience;

    public Checker(Model<S, I, O> model, Duration patience) {
        this.model = model;
        this.patience = patience;
    }

    /** The worst of what is found on any key: there is no order, the time was over, there is one. */
    public Verdict check(List<Operation<I, O>> history) {
        long deadline = System.nanoTime() + patience.toNanos();
        Map<String, List<Operation<I, O>>> byKey =
                history.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
        List<Verdict> verdicts = byKey.entrySet().parallelStream()
                .map(each -> new Search<>(model, each.getKey(), each.getValue()).run(deadline))
                .toList();
        return verdicts.stream()
                .filter(NotLinearizable.class::isInstance)
                .findFirst()
                .or(() -> verdicts.stream()
                        .filter(verdict -> !(verdict instanceof Linearizable))
                        .findFirst())
                .orElse(new Linearizable());
    }
}
