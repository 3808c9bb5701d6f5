package io.pando.test.bench.chart;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One small chart. Up is logarithmic.
 *
 * @param up what its height counts, with the unit
 * @param along what its width counts, with the unit
 */
public record Panel(String up, String along, Shape shapeAlong, List<Line> lines) {
    public Panel {
        lines = List.copyOf(lines);
    }

    /** How figures become distances. */
    public enum Shape {
        LINEAR {
            @Override
            double of(double value) {
                return value;
            }
        },
        LOGARITHMIC {
            @Override
            double of(double value) {
                return Math.log10(value);
            }
        };

        abstract double of(double value);
    }

    DoubleStream xs() {
        return lines.stream().flatMap(line -> line.spots().stream()).mapToDouble(Line.Spot::x);
    }

    DoubleStream ys() {
        return lines.stream().flatMap(line -> line.spots().stream()).mapToDouble(Line.Spot::y);
    }
}
