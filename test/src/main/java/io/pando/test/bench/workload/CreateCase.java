package io.pando.test.bench.workload;

import io.pando.test.bench.load.Frames;
import io.pando.test.bench.target.Target;
import java.util.List;

/** Creates znodes under one parent for a while; after each round, and not measured, they are deleted again. */
record CreateCase(Load howMany, Settings settings) implements Case {
    private static final String FOLDER = Znodes.ROOT + "/create";
    private static final String PATTERN = FOLDER + "/" + Znodes.KEY;

    @Override
    public String workload() {
        return "create";
    }

    @Override
    public String load() {
        return howMany.toString();
    }

    @Override
    public List<Figure> prepare(Target target) {
        var made = new Znodes(target);
        made.create(Znodes.ROOT);
        made.create(FOLDER);
        return List.of();
    }

    @Override
    public List<Figure> round(Target target) {
        var frame = Frames.create(PATTERN, settings.dataBytes(), Frames.PERSISTENT);
        var requests = new NumberedRequests(frame, Integer.MAX_VALUE);
        var tally = settings.drive(target, howMany).runFor(settings.warmUp(), settings.time(), connection -> requests);
        new Znodes(target).deleteAll(PATTERN, requests.count());
        return List.of(settings.figureOf(tally, howMany));
    }

    @Override
    public void cleanUp(Target target) {
        var made = new Znodes(target);
        made.delete(FOLDER);
        made.delete(Znodes.ROOT);
    }
}
