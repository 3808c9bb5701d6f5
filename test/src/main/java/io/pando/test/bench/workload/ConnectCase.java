package io.pando.test.bench.workload;

import io.pando.test.bench.load.ConnectAndClose;
import io.pando.test.bench.target.Target;
import java.util.List;

/** Sessions opened and closed at once, a few side by side. */
record ConnectCase(int sideBySide, Settings settings) implements Case {
    @Override
    public String workload() {
        return "connect";
    }

    @Override
    public String load() {
        return sideBySide + "x1";
    }

    @Override
    public List<Figure> round(Target target) {
        var tally = ConnectAndClose.run(target.addresses(), sideBySide, settings.warmUp(), settings.time());
        return List.of(Figure.throughput(tally));
    }
}
