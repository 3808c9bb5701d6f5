package io.pando.test.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.bench.Results.Row;
import io.pando.test.bench.load.Errors;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CeilingsTest {
    private static final double ECHOES_PER_SECOND = 3_000_000;
    private static final double ROUND_TRIP_US = 70;
    private static final double SYNC_US = 128;
    private static final double VISITS_PER_SECOND = 12_000;
    private static final double TELL_MS = 4;

    private final Results limits = new Results();

    CeilingsTest() {
        add(limits, "machine", "echo", "8x32", Unit.PER_SECOND, ECHOES_PER_SECOND);
        add(limits, "machine", "echo", "1x1", Unit.MICROS, ROUND_TRIP_US);
        add(limits, "machine", "visit", "8x1", Unit.PER_SECOND, VISITS_PER_SECOND);
        add(limits, "machine", "tell", "1000 watchers", Unit.MILLIS, TELL_MS);
        add(limits, "machine", "fdatasync", "1 KiB, overwriting", Unit.MICROS, SYNC_US);
    }

    @Test
    void a_read_is_held_against_the_echo_server_under_the_same_load() {
        var ceilings = new Ceilings(limits, 1);

        assertEquals(Optional.of(ECHOES_PER_SECOND), ceilings.of(new Row("get", "8x32", "", Unit.PER_SECOND)));
        assertEquals(Optional.of(ROUND_TRIP_US), ceilings.of(new Row("get", "1x1", "", Unit.MICROS)));
        assertEquals(Optional.empty(), ceilings.of(new Row("get", "64x1", "", Unit.PER_SECOND)));
    }

    @Test
    void a_lone_write_takes_a_round_trip_and_a_sync_and_among_several_servers_another_round_trip() {
        var set = new Row("set", "1x1", "", Unit.MICROS);

        assertEquals(Optional.of(ROUND_TRIP_US + SYNC_US), new Ceilings(limits, 1).of(set));
        assertEquals(Optional.of(2 * ROUND_TRIP_US + SYNC_US), new Ceilings(limits, 3).of(set));
    }

    @Test
    void no_more_writes_are_done_in_the_time_of_a_sync_than_are_in_flight() {
        assertEquals(
                Optional.of(8 * 32 / (SYNC_US / 1e6)),
                new Ceilings(limits, 1).of(new Row("set", "8x32", "", Unit.PER_SECOND)));
    }

    @Test
    void what_no_limit_says_anything_of_has_none() {
        var ceilings = new Ceilings(limits, 1);

        assertEquals(Optional.empty(), ceilings.of(new Row("restart", "10 znodes", "after kill -9", Unit.MILLIS)));
        assertEquals(Optional.empty(), ceilings.of(new Row("watch", "10 watchers", "", Unit.MILLIS)));
    }

    @Test
    void a_session_is_a_visit_and_two_writes() {
        assertEquals(
                Optional.of(VISITS_PER_SECOND),
                new Ceilings(limits, 1).of(new Row("connect", "8x1", "", Unit.PER_SECOND)));

        add(limits, "machine", "visit", "1x1", Unit.PER_SECOND, VISITS_PER_SECOND);
        assertEquals(
                Optional.of(1 / (SYNC_US / 1e6) / 2),
                new Ceilings(limits, 1).of(new Row("connect", "1x1", "", Unit.PER_SECOND)));
    }

    @Test
    void watchers_are_told_as_everybody_is_who_is_connected() {
        assertEquals(
                Optional.of(TELL_MS),
                new Ceilings(limits, 3).of(new Row("watch-once", "1000 watchers", "", Unit.MILLIS)));
    }

    @Test
    void table_and_json_show_the_limit_and_the_share_that_each_figure_is_of_it() {
        var results = new Results();
        add(results, "Pando", "get", "8x32", Unit.PER_SECOND, ECHOES_PER_SECOND / 4);
        add(results, "Pando", "set", "1x1", Unit.MICROS, 2 * (ROUND_TRIP_US + SYNC_US));

        var table = Table.of(results, new Ceilings(limits, 1));

        assertTrue(table.contains("get       8x32        750,000    /s  3,000,000    25%"), table);
        assertTrue(table.lines().anyMatch(line -> line.startsWith("set") && line.contains("198    50%")), table);
        assertTrue(Json.of(results, new Ceilings(limits, 1)).contains("\"limit\": 3000000.000"));
    }

    private static void add(Results results, String target, String workload, String load, Unit unit, double value) {
        var measured = new Case() {
            @Override
            public String workload() {
                return workload;
            }

            @Override
            public String load() {
                return load;
            }

            @Override
            public List<Figure> round(Target nobody) {
                return List.of();
            }
        };
        var figure = new Figure("", unit, value, Optional.empty(), Errors.NONE, OptionalDouble.empty());
        results.add(measured, target, figure, OptionalDouble.of(0), true);
    }
}
