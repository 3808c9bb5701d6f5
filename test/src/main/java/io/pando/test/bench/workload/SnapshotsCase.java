package io.pando.test.bench.workload;

import io.pando.test.bench.load.Drive;
import io.pando.test.bench.load.Frames;
import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.load.Tally;
import io.pando.test.bench.target.StartedTarget;
import io.pando.test.bench.target.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes at a fixed rate to a full server that takes one snapshot after the other: how late the latest of a hundred is, and the
 * latest of all.
 *
 * <p>A round lasts as long as a few snapshots are apart, and fails if none was taken.
 */
record SnapshotsCase(Load howMany, Settings settings) implements Case {
    static final String NAME = "snapshots";

    /** Apache ZooKeeper draws the distance between its snapshots: half of this, or up to all of it. */
    private static final int WRITES_BETWEEN = 20_000;

    private static final int SNAPSHOTS_PER_ROUND = 4;
    private static final int USUAL_RATE = 5_000;

    @Override
    public String workload() {
        return NAME;
    }

    @Override
    public String load() {
        return howMany + ", " + settings.znodes() + " znodes, " + perSecond() + "/s";
    }

    @Override
    public boolean wantsFreshServer() {
        return true;
    }

    @Override
    public Map<String, String> serverSettings() {
        return Map.of("snapCount", Integer.toString(WRITES_BETWEEN), "snapGrowthPercent", "0");
    }

    @Override
    public int rounds() {
        return 3;
    }

    @Override
    public List<Figure> prepare(Target target) {
        var filling = new Filling(target, settings.znodes());
        filling.makeFolders();
        filling.makeZnodes(settings.dataBytes());
        return List.of();
    }

    @Override
    public List<Figure> round(Target target) {
        var server = StartedTarget.of(target);
        var before = server.snapshots();
        var set = Frames.set(Filling.ZNODES, settings.dataBytes());
        var tally = new Drive(target.addresses(), howMany.connections(), howMany.outstanding(), perSecond())
                .runFor(settings.warmUp(), time(), connection -> RandomRequests.of(connection, set, settings.znodes()));
        var taken = new HashSet<>(server.snapshots());
        taken.removeAll(before);
        if (taken.isEmpty()) {
            throw new LoadException(target.name() + " took no snapshot in " + time().toSeconds() + " s.");
        }
        var latencies = tally.latencies();
        return List.of(figure("p99", latencies.p99Us(), tally), figure("worst", latencies.maxUs(), tally));
    }

    private static Figure figure(String what, double micros, Tally tally) {
        return new Figure(
                what,
                Unit.MILLIS,
                micros / 1e3,
                Optional.of(tally.latencies()),
                tally.errors(),
                OptionalDouble.of(tally.generatorCores()));
    }

    private int perSecond() {
        return settings.perSecond() == Drive.AS_FAST_AS_POSSIBLE ? USUAL_RATE : settings.perSecond();
    }

    private Duration time() {
        var wished = Duration.ofMillis(1_000L * SNAPSHOTS_PER_ROUND * WRITES_BETWEEN / perSecond());
        return wished.compareTo(settings.time()) > 0 ? wished : settings.time();
    }
}
