package io.pando.test.bench.workload;

import io.pando.test.bench.load.Drive;
import io.pando.test.bench.load.Frame;
import io.pando.test.bench.load.Frames;
import io.pando.test.bench.load.LoadLoop;
import io.pando.test.bench.load.Sessions;
import io.pando.test.bench.load.Tally;
import io.pando.test.bench.load.WatchFanOut;
import io.pando.test.bench.target.StartedTarget;
import io.pando.test.bench.target.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server can do at one step of what grows: gets and sets under load, each of them alone, and the heap that is in use; with
 * watches also the time until all of them were told.
 */
public record GrowthCase(String workload, String load, Extent extent, Settings settings) implements Case {
    public static final String GET = "get";
    public static final String SET = "set";
    public static final String GET_ALONE = "get alone";
    public static final String SET_ALONE = "set alone";
    public static final String ALL_TOLD = "all told";
    public static final String HEAP = "live heap";

    private static final int LARGE_BYTES = 8_192;
    private static final Load FEW_IN_FLIGHT = new Load(8, 4);
    private static final String WATCHED_FOLDER = Znodes.ROOT + "/watched";
    private static final String WATCHED = WATCHED_FOLDER + "/" + Znodes.KEY;

    @Override
    public List<Figure> prepare(Target target) {
        var filling = new Filling(target, extent.znodes());
        filling.makeFolders();
        filling.makeZnodes(extent.dataBytes());
        var made = new Znodes(target);
        made.create(WATCHED_FOLDER);
        made.createAll(WATCHED, extent.watchedZnodes(), settings.dataBytes());
        return List.of();
    }

    /** More than usually stay for the next step, which adds to them. */
    @Override
    public void cleanUp(Target target) {
        if (extent.znodes() <= Extent.USUAL.znodes()) {
            new Filling(target, extent.znodes()).removeZnodes();
        }
    }

    @Override
    public List<Figure> round(Target target) {
        if (extent.watches() > 0) {
            return roundWithWatches(target);
        }
        var underLoad = underLoad(target);
        try (var loop = new LoadLoop()) {
            var idle = Sessions.open(loop, target.addresses(), extent.sessions());
            var alone = alone(target);
            idle.close();
            return Stream.concat(underLoad.stream(), alone.stream()).toList();
        }
    }

    private List<Figure> roundWithWatches(Target target) {
        try (var watching = WatchFanOut.open(
                target.addresses(),
                extent.watchingSessions(),
                WATCHED,
                extent.watchedZnodes(),
                settings.dataBytes(),
                false)) {
            var told = Figure.latency(watching.measure(settings.warmUp(), settings.time()), Unit.MILLIS);
            return Stream.of(underLoad(target), alone(target), List.of(told.as(ALL_TOLD)))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private List<Figure> underLoad(Target target) {
        var load = extent.sessions() == 0 ? busy() : new Load(extent.sessions(), 1);
        return List.of(
                Figure.throughput(drive(target, load, get())).as(GET),
                Figure.throughput(drive(target, load, set())).as(SET));
    }

    /** Not more under way than a generator and a server with a small heap hold. */
    private Load busy() {
        return extent.dataBytes() > LARGE_BYTES ? FEW_IN_FLIGHT : Load.PIPELINED;
    }

    private List<Figure> alone(Target target) {
        double heapBytes = StartedTarget.of(target).liveHeapBytes();
        return List.of(
                Figure.latency(drive(target, Load.ONE_AT_A_TIME, get()), Unit.MICROS)
                        .as(GET_ALONE),
                Figure.latency(drive(target, Load.ONE_AT_A_TIME, set()), Unit.MICROS)
                        .as(SET_ALONE),
                Figure.plain(HEAP, Unit.BYTES, heapBytes));
    }

    private Tally drive(Target target, Load load, Frame frame) {
        return new Drive(target.addresses(), load.connections(), load.outstanding())
                .runFor(
                        settings.warmUp(),
                        settings.time(),
                        connection -> RandomRequests.of(connection, frame, extent.znodes()));
    }

    private static Frame get() {
        return Frames.get(Filling.ZNODES);
    }

    private Frame set() {
        return Frames.set(Filling.ZNODES, extent.dataBytes());
    }
}
