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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Results as an aligned table: of one server with all percentiles, of several with the ratios of the first to the others.
 */
final class Table {
    private static final String EMPTY = "-";
    private static final double GENERATOR_CORES_ALLOWED = 0.9;
    private static final int COLUMNS_OF_WORDS = 3;

    private final Results results;
    private final Ceilings ceilings;
    private final List<String> targets;
    private final List<List<String>> lines = new ArrayList<>();

    private Table(Results results, Ceilings ceilings) {
        this.results = results;
        this.ceilings = ceilings;
        var names = new LinkedHashSet<String>();
        results.rows().values().forEach(byTarget -> names.addAll(byTarget.keySet()));
        targets = List.copyOf(names);
    }

    static String of(Results results) {
        return of(results, Ceilings.NONE);
    }

    /** With the machine's limits in front, if they were measured, and what share of its limit each figure is. */
    static String of(Results results, Ceilings ceilings) {
        var limits = ceilings.areKnown() ? of(ceilings.limits(), Ceilings.NONE) : "";
        return results.isEmpty() ? limits : limits + (limits.isEmpty() ? "" : "\n") + tableOf(results, ceilings);
    }

    private static String tableOf(Results results, Ceilings ceilings) {
        var table = new Table(results, ceilings);
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
        var heading = new ArrayList<>(List.of("workload", "load", "what", "median", "unit"));
        ifLimited(heading, () -> List.of("limit", "of it"));
        heading.addAll(List.of(
                "spread", "worst", "p50 us", "p90 us", "p99 us", "p99.9 us", "max us", "generator", "errors", "noisy"));
        lines.add(heading);
        results.rows().forEach((row, byTarget) -> byTarget.values().forEach(series -> describe(row, series)));
    }

    private void describe(Row row, Series series) {
        var line = new ArrayList<>(List.of(
                row.workload(),
                row.load(),
                row.what(),
                Unit.number(series.median()),
                row.unit().symbol()));
        ifLimited(line, () -> List.of(cell(ceilings.of(row)), share(row, Optional.of(series))));
        line.addAll(List.of(
                spread(series),
                worst(row, series),
                cell(series.latency(Latencies::p50Us)),
                cell(series.latency(Latencies::p90Us)),
                cell(series.latency(Latencies::p99Us)),
                cell(series.latency(Latencies::p999Us)),
                cell(series.worstLatency()),
                cell(series.generatorCores()),
                series.errors().toString(),
                noise(series)));
        lines.add(line);
    }

    private void compare() {
        var others = targets.subList(1, targets.size());
        var heading = new ArrayList<>(List.of("workload", "load", "what", "unit"));
        ifLimited(heading, () -> List.of("limit"));
        for (var target : targets) {
            heading.add(target);
            ifLimited(heading, () -> List.of("of limit"));
            heading.addAll(List.of("spread", "worst"));
        }
        others.forEach(other -> heading.add("/ " + other));
        targets.forEach(target -> heading.add("p99 us " + target));
        heading.addAll(List.of("generator", "errors", "noisy"));
        lines.add(heading);
        results.rows().forEach((row, byTarget) -> compare(row, byTarget, others));
    }

    private void compare(Row row, Map<String, Series> byTarget, List<String> others) {
        var line = new ArrayList<>(
                List.of(row.workload(), row.load(), row.what(), row.unit().symbol()));
        ifLimited(line, () -> List.of(cell(ceilings.of(row))));
        for (var target : targets) {
            var series = seriesOf(target, byTarget);
            line.add(cell(series.map(Series::median)));
            ifLimited(line, () -> List.of(share(row, series)));
            line.add(series.map(Table::spread).orElse(EMPTY));
            line.add(series.map(s -> worst(row, s)).orElse(EMPTY));
        }
        var ours = seriesOf(targets.getFirst(), byTarget);
        for (var other : others) {
            line.add(ratio(ours, seriesOf(other, byTarget)));
        }
        for (var target : targets) {
            line.add(cell(seriesOf(target, byTarget).flatMap(s -> s.latency(Latencies::p99Us))));
        }
        line.add(cell(mostGeneratorCores(byTarget)));
        line.add(joined(byTarget, series -> series.errors().toString()));
        line.add(joined(byTarget, Table::noise));
        lines.add(line);
    }

    private void ifLimited(List<String> line, Supplier<List<String>> cells) {
        if (ceilings.areKnown()) {
            line.addAll(cells.get());
        }
    }

    private String share(Row row, Optional<Series> series) {
        return series.flatMap(s -> ceilings.share(row, s.median()))
                .map(share -> "%.0f%%".formatted(100 * share))
                .orElse(EMPTY);
    }

    private static Optional<Series> seriesOf(String target, Map<String, Series> byTarget) {
        return Optional.ofNullable(byTarget.get(target));
    }

    private static String ratio(Optional<Series> ours, Optional<Series> theirs) {
        return ours.isEmpty() || theirs.isEmpty()
                ? EMPTY
                : "%.2fx".formatted(ours.get().median() / theirs.get().median());
    }

    private static Optional<Double> mostGeneratorCores(Map<String, Series> byTarget) {
        return byTarget.values().stream()
                .flatMap(series -> series.generatorCores().stream())
                .max(Double::compare);
    }

    /** What there is to say of some servers, with their names. */
    private static String joined(Map<String, Series> byTarget, Function<Series, String> say) {
        return byTarget.entrySet().stream()
                .filter(e -> !say.apply(e.getValue()).isEmpty())
                .map(e -> e.getKey() + " " + say.apply(e.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String cell(Optional<Double> number) {
        return number.map(Unit::number).orElse(EMPTY);
    }

    private static String spread(Series series) {
        return series.samples().size() == 1 ? "" : "±%.0f%%".formatted(series.spreadPercent());
    }

    /** The longest of the rounds' times; elsewhere more may be better. */
    private static String worst(Row row, Series series) {
        return row.unit() == Unit.MILLIS ? Unit.number(series.worst()) : "";
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
        return (column < COLUMNS_OF_WORDS ? "%-" + Math.max(1, width) + "s" : "%" + Math.max(1, width) + "s")
                .formatted(cell);
    }

    private String remarks() {
        var remarks = new ArrayList<String>();
        if (all(Series::generatorCores).anyMatch(cores -> cores.orElse(0.0) > GENERATOR_CORES_ALLOWED)) {
            remarks.add("Generator: the cores that it needed itself. Near 1 the server could have done more.");
        }
        if (all(Series::noisyRounds).anyMatch(rounds -> rounds > 0)) {
            remarks.add("Noisy: rounds in which others used more than " + Rounds.OTHERS_CORES_ALLOWED
                    + " core, or before which the machine was not idle; their figures say less.");
        }
        if (ceilings.areKnown()) {
            remarks.add(
                    "Limit: of the echo server under the same load; for writes also of those in flight in the time of"
                            + " a sync, and for a lone one its round trips and a sync; of visits and two writes for a"
                            + " session; of telling everybody for watchers.");
        }
        results.failures().forEach(sentence -> remarks.add("Failed: " + sentence));
        return remarks.stream().map(remark -> remark + "\n").collect(Collectors.joining());
    }

    private <T> Stream<T> all(Function<Series, T> property) {
        return results.rows().values().stream()
                .flatMap(byTarget -> byTarget.values().stream())
                .map(property);
    }
}
