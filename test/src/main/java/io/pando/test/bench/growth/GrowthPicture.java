package io.pando.test.bench.growth;

import io.pando.test.bench.chart.Line;
import io.pando.test.bench.chart.Line.Ink;
import io.pando.test.bench.chart.Line.Spot;
import io.pando.test.bench.chart.Line.Stroke;
import io.pando.test.bench.chart.Panel;
import io.pando.test.bench.chart.Panel.Shape;
import io.pando.test.bench.chart.Sheet;
import io.pando.test.bench.workload.Dimension;
import io.pando.test.bench.workload.GrowthCase;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A row for each dimension: throughput, latency, memory. */
public final class GrowthPicture {
    private static final double BYTES_PER_MIB = 1024 * 1024;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int PANELS_OF_A_DIMENSION = 3;

    private final Growth growth;

    private GrowthPicture(Growth growth) {
        this.growth = growth;
    }

    public static String of(Growth growth) {
        var picture = new GrowthPicture(growth);
        return new Sheet(
                        "How cost grows",
                        "Usually 10,000 znodes of 100 bytes, no watches, one server; under load 8 connections with 32"
                                + " requests in flight. Solid: median; dashed: 99th percentile.",
                        PANELS_OF_A_DIMENSION,
                        growth.dimensions().stream().flatMap(picture::panels).toList())
                .toSvg();
    }

    private Stream<Panel> panels(Dimension dimension) {
        return Stream.of(
                panel(
                        dimension,
                        "requests a second, under load",
                        List.of(
                                line(dimension, GrowthCase.GET, Ink.BLUE, Stroke.SOLID, Point::value),
                                line(dimension, GrowthCase.SET, Ink.ORANGE, Stroke.SOLID, Point::value))),
                panel(
                        dimension,
                        "latency of one at a time, microseconds",
                        List.of(
                                line(dimension, GrowthCase.GET_ALONE, Ink.BLUE, Stroke.SOLID, Point::value),
                                line(dimension, GrowthCase.GET_ALONE, Ink.BLUE, Stroke.DASHED, Point::p99Us),
                                line(dimension, GrowthCase.SET_ALONE, Ink.ORANGE, Stroke.SOLID, Point::value),
                                line(dimension, GrowthCase.SET_ALONE, Ink.ORANGE, Stroke.DASHED, Point::p99Us),
                                line(
                                        dimension,
                                        GrowthCase.ALL_TOLD,
                                        Ink.GREEN,
                                        Stroke.SOLID,
                                        p -> p.value() * MICROS_PER_MILLI))),
                panel(
                        dimension,
                        "live heap of a server, MiB",
                        List.of(line(
                                dimension, GrowthCase.HEAP, Ink.GREY, Stroke.SOLID, p -> p.value() / BYTES_PER_MIB))));
    }

    private static Panel panel(Dimension dimension, String up, List<Line> lines) {
        var along = dimension == Dimension.SERVERS ? Shape.LINEAR : Shape.LOGARITHMIC;
        return new Panel(up, dimension.title(), along, lines);
    }

    private Line line(Dimension dimension, String what, Ink ink, Stroke stroke, ToDoubleFunction<Point> up) {
        var spots = growth.of(dimension, what).stream()
                .map(point -> new Spot(point.step(), up.applyAsDouble(point)))
                .toList();
        boolean named = stroke == Stroke.SOLID && !what.equals(GrowthCase.HEAP);
        return new Line(named ? what : "", ink, stroke, spots);
    }
}
