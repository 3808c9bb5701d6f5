package io.pando.test.bench.workload;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.load.WriteGaps;
import io.pando.test.bench.target.ServerEnsemble;
import io.pando.test.bench.target.ServerEnsemble.Blow;
import io.pando.test.bench.target.Target;
import java.time.Duration;
import java.util.List;

/**
 * Strikes the leader down while sessions at the other servers write, and takes the longest time in which none of them had a write
 * acknowledged.
 */
record FailoverCase(Blow blow, Settings settings) implements Case {
    static final String FAILOVER = "failover";
    static final String FREEZE = "freeze";

    private static final int SESSIONS = 4;
    private static final int ROUNDS = 20;
    private static final String PATH = Znodes.ROOT + "/failover";

    @Override
    public String workload() {
        return blow == Blow.KILL ? FAILOVER : FREEZE;
    }

    @Override
    public String load() {
        return SESSIONS + "x1";
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public List<Figure> prepare(Target target) {
        var made = new Znodes(ensemble(target));
        made.create(Znodes.ROOT);
        made.create(PATH);
        return List.of();
    }

    @Override
    public List<Figure> round(Target target) {
        var ensemble = ensemble(target);
        var leader = ensemble.leader();
        Duration longest;
        try (var writes = WriteGaps.open(ensemble.addressesBut(leader), SESSIONS, PATH, settings.dataBytes())) {
            writes.runFor(settings.warmUp());
            ensemble.strike(leader, blow);
            longest = writes.longestUntilAllWrite();
        }
        ensemble.undo(leader, blow);
        return List.of(Figure.plain("without a write", Unit.MILLIS, longest.toNanos() / 1e6));
    }

    @Override
    public void cleanUp(Target target) {
        var made = new Znodes(target);
        made.delete(PATH);
        made.delete(Znodes.ROOT);
    }

    private static ServerEnsemble ensemble(Target target) {
        if (target instanceof ServerEnsemble ensemble) {
            return ensemble;
        }
        throw new LoadException("Only an ensemble that was started here can lose its leader.");
    }
}
