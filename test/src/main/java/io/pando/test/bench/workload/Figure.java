package io.pando.test.bench.workload;

import io.pando.test.bench.load.Errors;
import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.load.Tally;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one round found out about one server.
 *
 * @param what tells it from the others of the same case; empty if there is but one
 * @param generatorCores how much of a core the load generator itself needed
 */
public record Figure(
        String what,
        Unit unit,
        double value,
        Optional<Latencies> latencies,
        Errors errors,
        OptionalDouble generatorCores) {
    public static Figure plain(String what, Unit unit, double value) {
        return new Figure(what, unit, value, Optional.empty(), Errors.NONE, OptionalDouble.empty());
    }

    public static Figure throughput(Tally tally) {
        return of(tally, Unit.PER_SECOND, tally.perSecond(), tally.latencies());
    }

    /** The latency that half of the requests stay below. */
    public static Figure latency(Tally tally, Unit unit) {
        var latencies = tally.latencies();
        return of(tally, unit, unit == Unit.MILLIS ? latencies.p50Us() / 1e3 : latencies.p50Us(), latencies);
    }

    /** The same, told from others. */
    Figure as(String name) {
        return new Figure(name, unit, value, latencies, errors, generatorCores);
    }

    private static Figure of(Tally tally, Unit unit, double value, Latencies latencies) {
        var generatorCores = OptionalDouble.of(tally.generatorCores());
        return new Figure("", unit, value, Optional.of(latencies), tally.errors(), generatorCores);
    }
}
