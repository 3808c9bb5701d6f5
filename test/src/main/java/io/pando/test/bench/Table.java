package io.pando.test.bench;

import io.pando.test.bench.Results.Row;
import io.pando.test.bench.Results.Series;
import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Unit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Results as an aligned table: of one server with all percentiles, of several with the ratios of the first to the others.
 */
final class Table {
    private static final String EMPTY = "-";

    private final Results results;
    private final List<String> targets;
    private final List<List<String>> lines = new ArrayList<>();

    private Table(Results results) {
        this.results = results;
        var names = new LinkedHashSet<String>();
        results.rows().values().forEach(byTarget -> names.addAll(byTarget.keySet()));
        targets = List.copyOf(names);
    }

    static String of(Results results) {
        var table = new Table(results);
        if (table.targets.size() > 1) {
            table.compare();
        } else {
            table.describeOne();
        }
        return table.aligned() + table.remarks();
    }

    /** Such as {@code 231,000 /s, p99 410 us}. */
    static String inWords(Figure figure) {
        var p99 = figure.latencies().map(l -> ", p99 " + Unit.number(l.p99Us()) + " us");
        var errors = figure.errors().isEmpty() ? "" : ", errors: " + figure.errors();
        return Unit.number(figure.value()) + " " + figure.unit().symbol() + p99.orElse("") + errors;
    }

    private void describeOne() {
        lines.add(List.of(
                "workload",
                "load",
                "what",
                "median",
                "unit",
                "spread",
                "p50 us",
                "p90 us",
                "p99 us",
                "p99.9 us",
                "max us",
                "errors",
                "noisy"));
        results.rows().forEach((row, byTarget) -> byTarget.values().forEach(series -> describe(row, series)));
    }

    private void describe(Row row, Series series) {
        lines.add(List.of(
                row.workload(),
                row.load(),
                row.what(),
                Unit.number(series.median()),
                row.unit().symbol(),
                spread(series),
                cell(series.latency(Latencies::p50Us)),
                cell(series.latency(Latencies::p90Us)),
                cell(series.latency(Latencies::p99Us)),
                cell(series.latency(Latencies::p999Us)),
                cell(series.worstLatency()),
                series.errors().toString(),
                noise(series)));
    }

    private void compare() {
        var others = targets.subList(1, targets.size());
        var heading = new ArrayList<>(List.of("workload", "load", "what", "unit"));
        targets.forEach(target -> heading.addAll(List.of(target, "spread")));
        others.forEach(other -> heading.add("/ " + other));
        targets.forEach(target -> heading.add("p99 us " + target));
        heading.addAll(List.of("errors", "noisy"));
        lines.add(heading);
        results.rows().forEach((row, byTarget) -> compare(row, byTarget, others));
    }

    private void compare(Row row, Map<String, Series> byTarget, List<String> others) {
        var ours = Optional.ofNullable(byTarget.get(targets.getFirst()));
        var line = new ArrayList<>(
                List.of(row.workload(), row.load(), row.what(), row.unit().symbol()));
        for (var target : targets) {
            var series = Optional.ofNullable(byTarget.get(target));
            line.add(cell(series.map(Series::median)));
            line.add(series.map(Table::spread).orElse(EMPTY));
        }
        for (var other : others) {
            var theirs = Optional.ofNullable(byTarget.get(other));
            line.add(ours.flatMap(o -> theirs.map(t -> "%.2fx".formatted(o.median() / t.median())))
                    .orElse(EMPTY));
        }
        for (var target : targets) {
            line.add(cell(Optional.ofNullable(byTarget.get(target)).flatMap(s -> s.latency(Latencies::p99Us))));
        }
        line.add(String.join(
                "; ",
                byTarget.entrySet().stream()
                        .filter(e -> !e.getValue().errors().isEmpty())
                        .map(e -> e.getKey() + " " + e.getValue().errors())
                        .toList()));
        line.add(String.join(
                ", ",
                byTarget.values().stream()
                        .map(Table::noise)
                        .filter(noise -> !noise.isEmpty())
                        .toList()));
        lines.add(line);
    }

    private static String cell(Optional<Double> number) {
        return number.map(Unit::number).orElse(EMPTY);
    }

    private static String spread(Series series) {
        return series.samples().size() == 1 ? "" : "±%.0f%%".formatted(series.spreadPercent());
    }

    private static String noise(Series series) {
        long noisy = series.noisyRounds();
        return noisy == 0 ? "" : noisy + " of " + series.samples().size();
    }

    private String aligned() {
        var text = new StringBuilder();
        for (var line : lines) {
            for (int column = 0; column < line.size(); column++) {
                text.append(padded(line.get(column), column)).append("  ");
            }
            text.replace(0, text.length(), text.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Words to the left, figures to the right. */
    private String padded(String cell, int column) {
        int width = lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0);
        return (column < 3 ? "%-" + Math.max(1, width) + "s" : "%" + Math.max(1, width) + "s").formatted(cell);
    }

    private String remarks() {
        var noisy = results.rows().values().stream()
                .flatMap(byTarget -> byTarget.values().stream())
                .anyMatch(series -> series.noisyRounds() > 0);
        var noise = noisy
                ? Stream.of("Noisy: rounds in which others used more than " + Rounds.OTHERS_CORES_ALLOWED
                        + " core, so that their figures say less.")
                : Stream.<String>empty();
        var failed = results.failures().stream().map(sentence -> "Failed: " + sentence);
        return String.join(
                "", Stream.concat(noise, failed).map(line -> line + "\n").toList());
    }
}
