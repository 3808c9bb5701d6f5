package io.pando.test.bench.workload;

import io.pando.test.bench.load.Drive;
import io.pando.test.bench.load.Tally;
import io.pando.test.bench.target.Target;
import java.time.Duration;
import java.util.List;

/**
 * The size of what is done.
 *
 * @param perSecond for the workloads that keep requests in flight: so many of them at even distances instead; 0 means as
 *     many as replies let
 * @param loads for the workloads that keep requests in flight; empty means each workload's own
 * @param warmUp before each round, not measured
 * @param time of each round
 * @param dataBytes of each znode
 * @param keys znodes among which reads and sets choose
 */
public record Settings(
        List<Load> loads,
        int perSecond,
        Duration warmUp,
        Duration time,
        int dataBytes,
        int keys,
        int watchers,
        int sessions,
        int znodes) {

    public Settings {
        loads = List.copyOf(loads);
        if (keys < Catalogue.OPERATIONS_OF_MULTI) {
            throw new IllegalArgumentException(
                    "At least " + Catalogue.OPERATIONS_OF_MULTI + " keys are needed, for the multi.");
        }
    }

    /** Whose sizes are those of comparisons. */
    public static Settings usual(Duration warmUp, Duration time) {
        return new Settings(List.of(), Drive.AS_FAST_AS_POSSIBLE, warmUp, time, 100, 10_000, 1_000, 5_000, 1_000_000);
    }

    /** The load of those who tell watchers, servers and the bare one alike. */
    public String watchersAsLoad() {
        return watchers + " watchers";
    }

    Drive drive(Target target, Load load) {
        return new Drive(target.addresses(), load.connections(), load.outstanding(), perSecond);
    }

    /** Throughput says nothing where there is only ever one request in flight, or the rate is given. */
    Figure figureOf(Tally tally, Load load) {
        boolean latencyCounts = load.isOneAtATime() || perSecond != Drive.AS_FAST_AS_POSSIBLE;
        return latencyCounts ? Figure.latency(tally, Unit.MICROS) : Figure.throughput(tally);
    }
}
