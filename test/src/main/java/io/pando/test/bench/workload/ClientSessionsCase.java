package io.pando.test.bench.workload;

import io.pando.test.bench.client.Findings;
import io.pando.test.bench.client.IdleSessions;
import io.pando.test.bench.target.Target;
import java.util.List;

/** Idle sessions of one process: what they cost it. */
record ClientSessionsCase(IdleSessions sessions) implements Case {
    @Override
    public String workload() {
        return "sessions";
    }

    @Override
    public String load() {
        return sessions.count() + " idle";
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public List<Figure> round(Target target) {
        var found = Clients.of(target).measure(sessions);
        return List.of(
                Figure.plain("heap each", Unit.BYTES, found.get(Findings.HEAP_BYTES_EACH)),
                Figure.plain("threads of one", Unit.PIECES, found.get(Findings.THREADS_OF_ONE)),
                Figure.plain("threads of all", Unit.PIECES, found.get(Findings.THREADS_OF_ALL)));
    }
}
