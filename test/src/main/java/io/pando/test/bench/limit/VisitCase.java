package io.pando.test.bench.limit;

import io.pando.test.bench.load.ConnectAndClose;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Settings;
import java.util.List;

/** What the workload {@code connect} does with a connection, without a session: two requests are answered, and the server hangs up. */
record VisitCase(int sideBySide, Settings settings) implements Case {
    static final String NAME = "visit";

    @Override
    public String workload() {
        return NAME;
    }

    @Override
    public String load() {
        return sideBySide + "x1";
    }

    @Override
    public List<Figure> round(Target target) {
        return List.of(Figure.throughput(
                ConnectAndClose.runOfEcho(target.addresses(), sideBySide, settings.warmUp(), settings.time())));
    }
}
