package io.pando.test.bench.limit;

import io.pando.test.bench.load.BareFanOut;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Settings;
import io.pando.test.bench.workload.Unit;
import java.util.List;

/** As many connections as there are watchers are told of a change: the time until all were, the median of the changes in a round. */
record TellCase(Settings settings) implements Case {
    static final String NAME = "tell";

    @Override
    public String workload() {
        return NAME;
    }

    @Override
    public String load() {
        return settings.watchersAsLoad();
    }

    @Override
    public List<Figure> round(Target target) {
        try (var fanOut = BareFanOut.open(target.addresses(), settings.watchers())) {
            return List.of(Figure.latency(fanOut.measure(settings.warmUp(), settings.time()), Unit.MILLIS));
        }
    }
}
