package io.pando.test.bench;

import io.pando.test.bench.Results.Row;
import io.pando.test.bench.Results.Series;
import io.pando.test.bench.limit.Limits;
import io.pando.test.bench.workload.Load;
import io.pando.test.bench.workload.Unit;
import java.util.Optional;
import java.util.Set;

/**
 * What the machine allows at best where a server answers requests, from the limits that were measured in the same run.
 *
 * <p>Reads: the echo server under the same load. Writes: besides, each waits for a sync to begin and end after it came, so no
 * more than all that are in flight can be done in that time; a lone one takes a round trip and a sync, and in an ensemble
 * another round trip, to a follower. A session that is opened and closed takes what a visit without a session takes, and two writes.
 * Watchers are told as everybody is who is connected.
 */
final class Ceilings {
    /** Where no limits were measured. */
    static final Ceilings NONE = new Ceilings(new Results(), 1);

    private static final Set<String> READS = Set.of("get", "exists", "children", "mixed");
    private static final Set<String> WRITES = Set.of("set", "create", "multi", "ephemeral");
    private static final Set<String> WATCHES = Set.of("watch", "watch-once");
    private static final String CONNECT = "connect";
    private static final int WRITES_OF_SESSION = 2;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Results limits;
    private final int roundTripsOfWrite;

    /** {@code servers}: how many of them agree. */
    Ceilings(Results limits, int servers) {
        this.limits = limits;
        roundTripsOfWrite = servers == 1 ? 1 : 2;
    }

    Results limits() {
        return limits;
    }

    boolean areKnown() {
        return !limits.rows().isEmpty();
    }

    /** In the unit of the row. */
    Optional<Double> of(Row row) {
        if (row.workload().equals(CONNECT)) {
            return sessionsPerSecond(row.load());
        }
        if (WATCHES.contains(row.workload())) {
            return median(Limits.TELL, row.load());
        }
        boolean writes = WRITES.contains(row.workload());
        if (!writes && !READS.contains(row.workload())) {
            return Optional.empty();
        }
        return switch (row.unit()) {
            case PER_SECOND -> writes ? writesPerSecond(row.load()) : echo(row.load());
            case MICROS -> writes ? writeMicros() : roundTripMicros();
            case MILLIS, BYTES, PIECES -> Optional.empty();
        };
    }

    /** 1 is as good as the machine can be. */
    Optional<Double> share(Row row, double value) {
        return of(row).map(limit -> row.unit() == Unit.PER_SECOND ? value / limit : limit / value);
    }

    private Optional<Double> sessionsPerSecond(String load) {
        return median(Limits.VISIT, load)
                .flatMap(visits -> syncedPerSecond(load).map(writes -> Math.min(visits, writes / WRITES_OF_SESSION)));
    }

    private Optional<Double> writesPerSecond(String load) {
        return echo(load).flatMap(echo -> syncedPerSecond(load).map(writes -> Math.min(echo, writes)));
    }

    /** If each sync has all that are in flight. */
    private Optional<Double> syncedPerSecond(String load) {
        var inFlight = Load.of(load);
        double most = (double) inFlight.connections() * inFlight.outstanding();
        return syncMicros().map(sync -> most * MICROS_PER_SECOND / sync);
    }

    private Optional<Double> writeMicros() {
        return roundTripMicros().flatMap(trip -> syncMicros().map(sync -> roundTripsOfWrite * trip + sync));
    }

    private Optional<Double> roundTripMicros() {
        return echo(Load.ONE_AT_A_TIME.toString());
    }

    private Optional<Double> echo(String load) {
        return median(Limits.ECHO, load);
    }

    private Optional<Double> syncMicros() {
        return median(Limits.FDATASYNC, Limits.SHORTEST_SYNC);
    }

    private Optional<Double> median(String workload, String load) {
        return limits.rows().entrySet().stream()
                .filter(e -> e.getKey().workload().equals(workload)
                        && e.getKey().load().equals(load))
                .flatMap(e -> e.getValue().values().stream())
                .map(Series::median)
                .findFirst();
    }
}
