package io.pando.test.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.bench.load.Errors;
import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Case GET = new Case() {
        @Override
        public String workload() {
            return "get";
        }

        @Override
        public String load() {
            return "8x32";
        }

        @Override
        public List<Figure> round(Target target) {
            return List.of();
        }
    };

    private final Results results = new Results();

    @Test
    void the_median_of_rounds_is_shown_with_half_their_range() {
        add("Pando", 90, 10);
        add("Pando", 130, 30);
        add("Pando", 100, 20);

        var series = theOnlySeries();

        assertEquals(100, series.median());
        assertEquals(20, series.spreadPercent());
        assertEquals(Optional.of(20.0), series.latency(Latencies::p99Us));
        assertEquals(Optional.of(300.0), series.worstLatency());
    }

    @Test
    void two_rounds_have_their_mean_as_median() {
        add("Pando", 90, 10);
        add("Pando", 110, 10);

        assertEquals(100, theOnlySeries().median());
    }

    @Test
    void a_comparison_shows_the_ratio_to_each_other_server() {
        add("Pando", 400, 10);
        add("ZK NIO", 100, 20);
        add("ZK Netty", 200, 30);

        var lines = Table.of(results).lines().toList();

        assertEquals(
                List.of("get", "8x32", "/s", "400", "100", "200", "4.00x", "2.00x", "10.0", "20.0", "30.0", "0.10"),
                List.of(lines.get(1).trim().split(" +")));
        assertTrue(results.areClean());
    }

    @Test
    void errors_and_noise_are_shown_and_keep_the_results_from_being_clean() {
        var figure = new Figure(
                "", Unit.PER_SECOND, 1, Optional.empty(), new Errors(Map.of(-101, 3L)), OptionalDouble.empty());
        results.add(GET, "Pando", figure, OptionalDouble.of(0.5), false);

        var table = Table.of(results);

        assertTrue(table.contains("3 x -101"), table);
        assertTrue(table.contains("1 of 1"), table);
        assertFalse(results.areClean());
    }

    @Test
    void what_failed_is_said() {
        results.addFailure("get 8x32: Connection 1 was closed by the server.");

        assertTrue(Table.of(results).contains("Failed: get 8x32"));
        assertFalse(results.areClean());
    }

    @Test
    void json_has_every_sample() {
        add("Pando", 90, 10);
        add("Pando", 110, 10);

        var json = Json.of(results);

        assertTrue(json.contains("\"median\": 100.000"), json);
        assertTrue(json.contains("\"value\": 90.000") && json.contains("\"value\": 110.000"), json);
        assertEquals("\"a \\\"b\\\"\\n\"", Json.text("a \"b\"\n"));
    }

    private Results.Series theOnlySeries() {
        return results.rows().values().iterator().next().values().iterator().next();
    }

    private void add(String target, double value, double p99Us) {
        var latencies = new Latencies(1, 1, 1, 1, p99Us, 1, 10 * p99Us);
        var figure =
                new Figure("", Unit.PER_SECOND, value, Optional.of(latencies), Errors.NONE, OptionalDouble.of(0.1));
        results.add(GET, target, figure, OptionalDouble.of(0), true);
    }
}
