package io.pando.test.bench.workload;

import io.pando.test.bench.client.Calls;
import io.pando.test.bench.client.Findings;
import io.pando.test.bench.load.Errors;
import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Gets or sets through a client library, one client in a process: the throughput with many calls under way, or the median
 * latency of one call at a time; and what each call makes the process allocate.
 */
record ClientCallsCase(Calls.Operation operation, int outstanding, Settings settings) implements Case {
    static final int PIPELINED = 256;

    private static final String FOLDER = Znodes.ROOT + "/client";

    @Override
    public String workload() {
        return operation.title();
    }

    @Override
    public String load() {
        return "1x" + outstanding;
    }

    @Override
    public List<Figure> prepare(Target target) {
        var made = new Znodes(target);
        made.create(Znodes.ROOT);
        made.create(FOLDER);
        made.createAll(FOLDER + "/" + Znodes.KEY, settings.keys(), settings.dataBytes());
        return List.of();
    }

    @Override
    public List<Figure> round(Target target) {
        var found = Clients.of(target)
                .measure(new Calls(
                        operation,
                        outstanding,
                        FOLDER,
                        settings.keys(),
                        settings.dataBytes(),
                        settings.warmUp().toMillis(),
                        settings.time().toMillis()));
        if (found.get(Findings.FAILED) > 0) {
            throw new LoadException("%.0f calls failed.".formatted(found.get(Findings.FAILED)));
        }
        return List.of(
                figure(found, found.latencies()),
                Figure.plain("allocated each", Unit.BYTES, found.get(Findings.ALLOCATED_BYTES)));
    }

    private Figure figure(Findings found, Latencies latencies) {
        boolean alone = outstanding == 1;
        return new Figure(
                "",
                alone ? Unit.MICROS : Unit.PER_SECOND,
                alone ? latencies.p50Us() : found.get(Findings.PER_SECOND),
                Optional.of(latencies),
                Errors.NONE,
                OptionalDouble.empty());
    }

    /** All libraries share one server: the first of them removes the znodes, the others find them gone. */
    @Override
    public void cleanUp(Target target) {
        var made = new Znodes(target);
        made.deleteAll(FOLDER + "/" + Znodes.KEY, settings.keys());
        made.delete(FOLDER);
        made.delete(Znodes.ROOT);
    }
}
