package io.pando.test.bench;

import io.pando.test.bench.load.Errors;
import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All samples so far, by what was measured and on which server, in the order in which they came. */
final class Results {
    private final Map<Row, Map<String, Series>> seriesByTarget = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    void add(Case measured, String target, Figure figure, OptionalDouble othersCores, boolean quiet) {
        var row = new Row(measured.workload(), measured.load(), figure.what(), figure.unit());
        seriesByTarget
                .computeIfAbsent(row, r -> new LinkedHashMap<>())
                .computeIfAbsent(target, t -> new Series(new ArrayList<>()))
                .samples()
                .add(new Sample(figure, othersCores, quiet));
    }

    void addFailure(String sentence) {
        failures.add(sentence);
    }

    Map<Row, Map<String, Series>> rows() {
        return seriesByTarget;
    }

    boolean isEmpty() {
        return seriesByTarget.isEmpty() && failures.isEmpty();
    }

    List<String> failures() {
        return failures;
    }

    /** Whether every case ran, and every reply was a good one. */
    boolean areClean() {
        return failures.isEmpty()
                && seriesByTarget.values().stream()
                        .flatMap(byTarget -> byTarget.values().stream())
                        .allMatch(series -> series.errors().isEmpty());
    }

    /** What was measured. */
    record Row(String workload, String load, String what, Unit unit) {}

    /** One round's figure, and whether the machine was left to us meanwhile. */
    record Sample(Figure figure, OptionalDouble othersCores, boolean quiet) {}

    /** The rounds of one row on one server. */
    record Series(List<Sample> samples) {
        double median() {
            return medianOf(Figure::value);
        }

        /** Half of the way from the least to the greatest, in percent of the median: the ± behind it. */
        double spreadPercent() {
            var values = samples.stream().mapToDouble(s -> s.figure().value()).summaryStatistics();
            return median() == 0 ? 0 : 50 * (values.getMax() - values.getMin()) / median();
        }

        double worst() {
            return samples.stream().mapToDouble(s -> s.figure().value()).max().orElse(0);
        }

        /** The median of one of the rounds' percentiles; empty if the figure isn't made of latencies. */
        Optional<Double> latency(ToDoubleFunction<Latencies> percentile) {
            return samples.getFirst()
                    .figure()
                    .latencies()
                    .map(first -> medianOf(figure ->
                            percentile.applyAsDouble(figure.latencies().orElse(first))));
        }

        /** The worst of all rounds. */
        Optional<Double> worstLatency() {
            return samples.stream()
                    .flatMap(s -> s.figure().latencies().stream())
                    .map(Latencies::maxUs)
                    .max(Double::compare);
        }

        Errors errors() {
            return samples.stream().map(s -> s.figure().errors()).reduce(Errors.NONE, Errors::plus);
        }

        /** How much of a core the generator itself needed; empty where it had nothing to do. */
        Optional<Double> generatorCores() {
            return samples.stream()
                    .flatMap(s -> s.figure().generatorCores().stream().boxed())
                    .max(Double::compare);
        }

        long noisyRounds() {
            return samples.stream().filter(s -> !s.quiet()).count();
        }

        private double medianOf(ToDoubleFunction<Figure> value) {
            var sorted = samples.stream()
                    .mapToDouble(s -> value.applyAsDouble(s.figure()))
                    .sorted()
                    .toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
