package io.pando.test.bench.workload;

import io.pando.test.bench.load.WatchFanOut;
import io.pando.test.bench.target.Target;
import java.util.List;

/** Many sessions watch one znode: the time from its change until all were told, the median of the changes in a round. */
record FanOutCase(boolean oneShot, Settings settings) implements Case {
    private static final String PATH = Znodes.ROOT + "/watched";

    @Override
    public String workload() {
        return oneShot ? "watch-once" : "watch";
    }

    @Override
    public String load() {
        return settings.watchersAsLoad();
    }

    @Override
    public List<Figure> prepare(Target target) {
        var made = new Znodes(target);
        made.create(Znodes.ROOT);
        made.create(PATH);
        return List.of();
    }

    @Override
    public List<Figure> round(Target target) {
        try (var watching =
                WatchFanOut.open(target.addresses(), settings.watchers(), PATH, 1, settings.dataBytes(), oneShot)) {
            return List.of(Figure.latency(watching.measure(settings.warmUp(), settings.time()), Unit.MILLIS));
        }
    }

    @Override
    public void cleanUp(Target target) {
        var made = new Znodes(target);
        made.delete(PATH);
        made.delete(Znodes.ROOT);
    }
}
