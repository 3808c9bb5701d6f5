package io.pando.test.bench;

import io.pando.test.bench.growth.Growth;
import io.pando.test.bench.growth.GrowthPicture;
import io.pando.test.bench.growth.GrowthTable;
import io.pando.test.bench.growth.Point;
import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.ServerKind;
import io.pando.test.bench.target.Servers;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Dimension;
import io.pando.test.bench.workload.Extent;
import io.pando.test.bench.workload.GrowthCase;
import io.pando.test.bench.workload.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/pando bench growth}: measures Pando step by step while one thing grows, and prints a table and draws a picture. */
@Command(
        name = "growth",
        sortOptions = false,
        description = {
            "Measures how Pando's cost grows: throughput, latency and memory for 1,000 to 4 million znodes, 1 to"
                + " 10,000 sessions, 1 to 100,000 watches, values of 100 bytes to 512 KiB, and 1, 3, 5 and 7 servers.",
            "",
            "One of them grows while the others stay at 10,000 znodes of 100 bytes, 8 connections with 32 requests in"
                    + " flight, no watches, one server.",
            ""
        })
final class GrowthCommand implements Callable<Integer> {
    private static final int HAS_ERRORS = 1;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WHAT",
            description = "Of: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Dimension> only = new ArrayList<>();

    @Option(names = "--seconds", description = "Of each measurement, four to a step. Default: ${DEFAULT-VALUE}.")
    private double seconds = 2;

    @Option(names = "--warm-up", description = "Seconds before each measurement. Default: ${DEFAULT-VALUE}.")
    private double warmUpSeconds = 0.5;

    @Option(names = "--rounds", description = "Of each step. Default: ${DEFAULT-VALUE}.")
    private int rounds = 1;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "An SVG. Default: growth.svg where servers keep their data.")
    private @Nullable Path picture;

    @Option(
            names = "--figures",
            paramLabel = "FILE",
            description =
                    "Keeps the figures there. What is there already of other things that grow is shown as well, so"
                            + " that they can be measured one after the other.")
    private @Nullable Path figures;

    @Mixin
    private Workshop workshop = new Workshop();

    @Override
    public Integer call() {
        var results = new Results();
        for (var dimension : only.isEmpty() ? List.of(Dimension.values()) : only) {
            measure(dimension, results);
        }
        try {
            var growth = keep(new Growth(pointsOf(results)));
            draw(growth);
            workshop.print(workshop.json() ? Json.of(results) : GrowthTable.of(growth) + failures(results));
        } catch (IOException e) {
            throw new LoadException("Can't keep what was measured: " + e, e);
        }
        return results.areClean() ? 0 : HAS_ERRORS;
    }

    /** Steps of as many servers share them. */
    private void measure(Dimension dimension, Results results) {
        var stepsByServers = dimension.steps().stream()
                .collect(Collectors.groupingBy(
                        step -> dimension.extentAt(step).servers(), TreeMap::new, Collectors.toList()));
        stepsByServers.forEach((size, steps) -> {
            try (var servers = new Servers(workshop.installation())) {
                Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "end-servers"));
                var contenders = Contenders.started(List.of(ServerKind.PANDO), size, servers);
                warmUp(contenders, size);
                var cases = steps.stream()
                        .map(step -> dimension.at(step, settings()))
                        .toList();
                new Rounds(contenders, OptionalInt.of(rounds), workshop.repeats(), workshop.progress(), results)
                        .run(cases);
            }
        });
    }

    /** Until the servers have compiled what they are mostly asked for: the first step is not to be measured slower for that. */
    private void warmUp(Contenders contenders, int size) {
        workshop.progress().say("warming up");
        Case usual = new GrowthCase("warm-up", "", Extent.USUAL.withServers(size), settings(1 + seconds));
        for (var target : contenders.lasting()) {
            usual.prepare(target);
            usual.round(target);
            usual.cleanUp(target);
        }
    }

    private Settings settings() {
        return settings(seconds);
    }

    private Settings settings(double ofEach) {
        return Settings.usual(ofSeconds(warmUpSeconds), ofSeconds(ofEach));
    }

    private static Duration ofSeconds(double number) {
        return Duration.ofNanos(Math.round(number * 1e9));
    }

    private static List<Point> pointsOf(Results results) {
        var points = new ArrayList<Point>();
        results.rows()
                .forEach((row, byTarget) -> byTarget.values()
                        .forEach(series -> points.add(new Point(
                                Dimension.of(row.workload()),
                                Integer.parseInt(row.load()),
                                row.what(),
                                series.median(),
                                series.latency(Latencies::p99Us).orElse(0.0),
                                series.noisyRounds() == 0))));
        return points;
    }

    private Growth keep(Growth seen) throws IOException {
        if (figures == null) {
            return seen;
        }
        var all = Growth.readFrom(figures).updatedBy(seen);
        all.writeTo(figures);
        return all;
    }

    private void draw(Growth growth) throws IOException {
        var file = picture == null ? workshop.installation().work().resolve("growth.svg") : picture;
        Files.writeString(file, GrowthPicture.of(growth));
        workshop.progress().say("The picture is " + file + ".");
    }

    private static String failures(Results results) {
        return results.failures().stream()
                .map(sentence -> "\nFailed: " + sentence)
                .collect(Collectors.joining());
    }
}
