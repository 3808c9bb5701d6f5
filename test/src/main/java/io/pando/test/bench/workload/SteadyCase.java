package io.pando.test.bench.workload;

import io.pando.test.bench.load.Requests;
import io.pando.test.bench.target.Target;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Requests kept in flight for a while, on znodes that are there and stay.
 *
 * <p>The figure is the throughput, or the median latency where there is only ever one request in flight.
 *
 * @param folder the parent of the znodes; {@code znodes} of them are made before
 */
record SteadyCase(
        String workload, Load howMany, Settings settings, String folder, int znodes, IntFunction<Requests> requests)
        implements Case {

    @Override
    public String load() {
        return howMany.toString();
    }

    @Override
    public List<Figure> prepare(Target target) {
        var made = new Znodes(target);
        made.create(Znodes.ROOT);
        made.create(folder);
        made.createAll(pattern(), znodes, settings.dataBytes());
        return List.of();
    }

    @Override
    public List<Figure> round(Target target) {
        var tally = settings.drive(target, howMany).runFor(settings.warmUp(), settings.time(), requests);
        return List.of(settings.figureOf(tally, howMany));
    }

    @Override
    public void cleanUp(Target target) {
        var made = new Znodes(target);
        made.deleteAll(pattern(), znodes);
        made.delete(folder);
        made.delete(Znodes.ROOT);
    }

    private String pattern() {
        return folder + "/" + Znodes.KEY;
    }
}
