package io.pando.test.bench.growth;

import io.pando.test.bench.workload.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All points that were measured, at most one for each dimension, step and name. */
public record Growth(List<Point> points) {
    public Growth {
        points = List.copyOf(points);
    }

    /** From a file that {@link #writeTo} wrote; nothing if there is none. */
    public static Growth readFrom(Path file) throws IOException {
        return Files.exists(file)
                ? new Growth(
                        Files.readAllLines(file).stream().map(Point::ofLine).toList())
                : new Growth(List.of());
    }

    public void writeTo(Path file) throws IOException {
        Files.write(file, points.stream().map(Point::toLine).toList());
    }

    /** With what {@code newer} has, and of its dimensions nothing else. */
    public Growth updatedBy(Growth newer) {
        var kept = points.stream().filter(point -> !newer.dimensions().contains(point.dimension()));
        return new Growth(Stream.concat(kept, newer.points.stream()).toList());
    }

    /** Of which anything is known, in their usual order. */
    List<Dimension> dimensions() {
        return Stream.of(Dimension.values())
                .filter(dimension -> points.stream().anyMatch(point -> point.dimension() == dimension))
                .toList();
    }

    /** In the order of the steps. */
    List<Point> of(Dimension dimension, String what) {
        return dimension.steps().stream()
                .flatMap(step -> at(dimension, step, what).stream())
                .toList();
    }

    Optional<Point> at(Dimension dimension, int step, String what) {
        return points.stream()
                .filter(point -> point.dimension() == dimension
                        && point.step() == step
                        && point.what().equals(what))
                .findFirst();
    }
}
