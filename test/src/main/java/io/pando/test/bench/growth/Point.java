package io.pando.test.bench.growth;

import io.pando.test.bench.workload.Dimension;
import java.util.Locale;

/**
 * One figure at one step.
 *
 * @param what one of the names in {@link io.pando.test.bench.workload.GrowthCase}
 * @param p99Us 0 if the figure isn't made of latencies
 */
public record Point(Dimension dimension, int step, String what, double value, double p99Us, boolean quiet) {
    private static final String TAB = "\t";
    private static final String QUIET = "quiet";

    /** A line of a file. */
    String toLine() {
        return String.join(
                TAB,
                dimension.name(),
                Integer.toString(step),
                what,
                String.format(Locale.ROOT, "%.3f", value),
                String.format(Locale.ROOT, "%.3f", p99Us),
                quiet ? QUIET : "noisy");
    }

    static Point ofLine(String line) {
        var fields = line.split(TAB, -1);
        if (fields.length != 6) {
            throw new IllegalArgumentException("This is no line of a file of figures: " + line);
        }
        return new Point(
                Dimension.valueOf(fields[0]),
                Integer.parseInt(fields[1]),
                fields[2],
                Double.parseDouble(fields[3]),
                Double.parseDouble(fields[4]),
                fields[5].equals(QUIET));
    }
}
