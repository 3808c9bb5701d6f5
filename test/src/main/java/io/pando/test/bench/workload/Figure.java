package io.pando.test.bench.workload;

import io.pando.test.bench.load.Errors;
import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.load.Tally;
import java.util.Optional;

/**
 * What one round found out about one server.
 *
 * @param what tells it from the others of the same case; empty if there is but one
 */
public record Figure(String what, Unit unit, double value, Optional<Latencies> latencies, Errors errors) {
    static Figure plain(String what, Unit unit, double value) {
        return new Figure(what, unit, value, Optional.empty(), Errors.NONE);
    }

    static Figure throughput(Tally tally) {
        return new Figure("", Unit.PER_SECOND, tally.perSecond(), Optional.of(tally.latencies()), tally.errors());
    }

    /** The latency that half of the requests stay below. */
    static Figure latency(Tally tally) {
        var latencies = tally.latencies();
        return new Figure("", Unit.MICROS, latencies.p50Us(), Optional.of(latencies), tally.errors());
    }
}
