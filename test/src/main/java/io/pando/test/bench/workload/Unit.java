package io.pando.test.bench.workload;

import java.util.Locale;

/** What a figure counts. */
public enum Unit {
    PER_SECOND("/s"),
    MICROS("us"),
    MILLIS("ms"),
    BYTES("B"),
    PIECES("");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Three digits where that is enough, all of them in front of the point. */
    public static String number(double value) {
        int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
