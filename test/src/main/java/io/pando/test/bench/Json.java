package io.pando.test.bench;

import io.pando.test.bench.Results.Row;
import io.pando.test.bench.Results.Sample;
import io.pando.test.bench.Results.Series;
import io.pando.test.bench.load.Latencies;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results for programs: every row with every sample, and with its limit if there is one: {@code {"rows": […], "failures": […]}}. */
final class Json {
    private Json() {}

    static String of(Results results) {
        return of(results, Ceilings.NONE);
    }

    /** The rows of the limits are among the others, their server is the machine. */
    static String of(Results results, Ceilings ceilings) {
        var rows = Stream.of(ceilings.limits(), results)
                .flatMap(part -> part.rows().entrySet().stream())
                .map(e -> row(e.getKey(), e.getValue(), ceilings));
        var failures = Stream.of(ceilings.limits(), results)
                .flatMap(part -> part.failures().stream())
                .map(Json::text);
        return object(Stream.of(field("rows", array(rows)), field("failures", array(failures)))) + "\n";
    }

    private static String row(Row row, Map<String, Series> byTarget, Ceilings ceilings) {
        var servers = byTarget.entrySet().stream().map(e -> field(e.getKey(), series(e.getValue())));
        var said = Stream.of(
                field("workload", text(row.workload())),
                field("load", text(row.load())),
                field("what", text(row.what())),
                field("unit", text(row.unit().symbol())));
        var limit = ceilings.of(row).stream().map(most -> field("limit", number(most)));
        return object(Stream.of(said, limit, Stream.of(field("servers", object(servers))))
                .flatMap(fields -> fields));
    }

    private static String series(Series series) {
        return object(Stream.of(
                field("median", number(series.median())),
                field("spreadPercent", number(series.spreadPercent())),
                field("samples", array(series.samples().stream().map(Json::sample)))));
    }

    private static String sample(Sample sample) {
        var value = Stream.of(field("value", number(sample.figure().value())), field("quiet", "" + sample.quiet()));
        var others = sample.othersCores().stream().mapToObj(cores -> field("othersCores", number(cores)));
        var generator =
                sample.figure().generatorCores().stream().mapToObj(cores -> field("generatorCores", number(cores)));
        var latencies = sample.figure().latencies().stream().map(l -> field("latencies", latencies(l)));
        var errors = sample.figure().errors().countByCode();
        return object(Stream.of(value, others, generator, latencies, Stream.of(field("errors", errors(errors))))
                .flatMap(fields -> fields));
    }

    private static String latencies(Latencies latencies) {
        return object(Stream.of(
                field("count", "" + latencies.count()),
                field("meanUs", number(latencies.meanUs())),
                field("p50Us", number(latencies.p50Us())),
                field("p90Us", number(latencies.p90Us())),
                field("p99Us", number(latencies.p99Us())),
                field("p999Us", number(latencies.p999Us())),
                field("maxUs", number(latencies.maxUs()))));
    }

    private static String errors(Map<Integer, Long> countByCode) {
        return object(countByCode.entrySet().stream().map(e -> field("" + e.getKey(), "" + e.getValue())));
    }

    private static String field(String name, String value) {
        return text(name) + ": " + value;
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "null";
    }

    private static String object(Stream<String> fields) {
        return fields.collect(Collectors.joining(", ", "{", "}"));
    }

    private static String array(Stream<String> elements) {
        return elements.collect(Collectors.joining(",\n", "[", "]"));
    }

    static String text(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            switch (letter) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(letter < ' ' ? "\\u%04x".formatted((int) letter) : letter);
            }
        }
        return quoted.append('"').toString();
    }
}
