package io.pando.test.bench.workload;

import io.pando.test.bench.load.LoadLoop;
import io.pando.test.bench.load.Sessions;
import io.pando.test.bench.target.StartedTarget;
import io.pando.test.bench.target.Target;
import java.util.List;

/** Sessions that do nothing: the heap that each of them costs the server. */
record IdleCase(Settings settings) implements Case {
    /** Before, so that what a server makes once for its first sessions isn't taken for their cost. */
    private static final int FIRST_SESSIONS = 100;

    @Override
    public String workload() {
        return "idle";
    }

    @Override
    public String load() {
        return settings.sessions() + " sessions";
    }

    @Override
    public boolean wantsFreshServer() {
        return true;
    }

    @Override
    public List<Figure> round(Target target) {
        var server = StartedTarget.of(target);
        try (var loop = new LoadLoop()) {
            Sessions.open(loop, server.addresses(), FIRST_SESSIONS).close();
            long before = server.liveHeapBytes();
            try (var sessions = Sessions.open(loop, server.addresses(), settings.sessions())) {
                double each = (double) (server.liveHeapBytes() - before) / sessions.count();
                return List.of(Figure.plain("heap each", Unit.BYTES, each));
            }
        }
    }
}
