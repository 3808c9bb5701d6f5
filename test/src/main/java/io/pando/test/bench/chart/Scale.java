package io.pando.test.bench.chart;

import io.pando.test.bench.chart.Panel.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Maps figures from {@code least} to {@code most} to pixels between {@code from} and {@code to}. */
record Scale(Shape shape, double least, double most, double from, double to) {
    private static final double[] ROUND = {1, 2, 5, 10};
    private static final int MOST_TICKS = 8;

    double at(double value) {
        double width = shape.of(most) - shape.of(least);
        return width == 0 ? (from + to) / 2 : from + (to - from) * (shape.of(value) - shape.of(least)) / width;
    }

    /** Logarithmic, with round figures at both ends. */
    static Scale around(double least, double most, double from, double to) {
        double low = roundBelow(least);
        double high = roundBelow(most);
        return new Scale(
                Shape.LOGARITHMIC, low, high < most ? nextRound(high) : Math.max(high, nextRound(low)), from, to);
    }

    /** Round figures from one end to the other: every power of ten, and what is between where there is room. */
    List<Double> ticks() {
        var all = new ArrayList<Double>();
        for (double tick = least; tick <= most * 1.001; tick = nextRound(tick)) {
            all.add(tick);
        }
        var powers = all.stream().filter(Scale::isPowerOfTen).toList();
        return all.size() <= MOST_TICKS || powers.size() < 2 ? List.copyOf(all) : powers;
    }

    private static boolean isPowerOfTen(double value) {
        return Math.abs(Math.log10(value) - Math.rint(Math.log10(value))) < 1e-6;
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double roundBelow(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        double round = power;
        for (double factor : ROUND) {
            if (factor * power <= value * (1 + 1e-9)) {
                round = factor * power;
            }
        }
        return round;
    }

    private static double nextRound(double round) {
        double power = Math.pow(10, Math.floor(Math.log10(round) + 1e-9));
        for (double factor : ROUND) {
            if (factor * power > round * (1 + 1e-6)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Such as 0.5, 20, 8k, 1M. */
    static String inWords(double value) {
        if (value >= 1e6) {
            return plain(value / 1e6) + "M";
        }
        return value >= 1e3 ? plain(value / 1e3) + "k" : plain(value);
    }

    private static String plain(double value) {
        var text = String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
