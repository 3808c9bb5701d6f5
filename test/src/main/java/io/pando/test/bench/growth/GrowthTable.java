package io.pando.test.bench.growth;

import io.pando.test.bench.workload.Dimension;
import io.pando.test.bench.workload.GrowthCase;
import io.pando.test.bench.workload.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In Markdown, a line for each step. */
public final class GrowthTable {
    private static final double BYTES_PER_MIB = 1024 * 1024;
    private static final String EMPTY = "–";

    private final Growth growth;

    private GrowthTable(Growth growth) {
        this.growth = growth;
    }

    public static String of(Growth growth) {
        return new GrowthTable(growth).table();
    }

    private String table() {
        var heading = Stream.of(
                line(List.of(
                        "at",
                        "get",
                        "set",
                        "get alone, p50 / p99",
                        "set alone, p50 / p99",
                        "all told, p50",
                        "live heap")),
                "| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var lines = growth.dimensions().stream()
                .flatMap(dimension -> dimension.steps().stream()
                        .filter(step ->
                                growth.at(dimension, step, GrowthCase.HEAP).isPresent())
                        .map(step -> line(cells(dimension, step))));
        return Stream.concat(heading, lines).collect(Collectors.joining("\n", "", "\n"));
    }

    private List<String> cells(Dimension dimension, int step) {
        boolean quiet =
                growth.at(dimension, step, GrowthCase.HEAP).map(Point::quiet).orElse(true);
        return List.of(
                "%s: %,d%s".formatted(dimension.shortTitle(), step, quiet ? "" : " (noisy)"),
                cell(dimension, step, GrowthCase.GET, point -> Unit.number(point.value()) + "/s"),
                cell(dimension, step, GrowthCase.SET, point -> Unit.number(point.value()) + "/s"),
                cell(dimension, step, GrowthCase.GET_ALONE, GrowthTable::latency),
                cell(dimension, step, GrowthCase.SET_ALONE, GrowthTable::latency),
                cell(dimension, step, GrowthCase.ALL_TOLD, point -> Unit.number(point.value()) + " ms"),
                cell(dimension, step, GrowthCase.HEAP, point -> Unit.number(point.value() / BYTES_PER_MIB) + " MiB"));
    }

    private static String latency(Point point) {
        return String.format(Locale.ROOT, "%,.0f / %,.0f us", point.value(), point.p99Us());
    }

    private String cell(Dimension dimension, int step, String what, Function<Point, String> say) {
        Optional<Point> point = growth.at(dimension, step, what);
        return point.map(say).orElse(EMPTY);
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
