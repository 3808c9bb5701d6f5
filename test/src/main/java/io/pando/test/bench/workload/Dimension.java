package io.pando.test.bench.workload;

import java.util.List;
import java.util.Locale;

/** What grows, in which steps, while everything else stays as it usually is. */
public enum Dimension {
    ZNODES("znodes", "znodes"),
    SESSIONS("sessions", "sessions with one request in flight"),
    WATCHES("watches", "watches, of up to 1,000 sessions"),
    VALUES("bytes", "bytes of data per znode"),
    SERVERS("servers", "servers");

    /** Large values are fewer, so that they fit into the heap. */
    private static final int MOST_DATA_BYTES = 128 * 1024 * 1024;

    private final String shortTitle;
    private final String title;

    Dimension(String shortTitle, String title) {
        this.shortTitle = shortTitle;
        this.title = title;
    }

    /** By what {@link #toString} says. */
    public static Dimension of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its steps count. */
    public String title() {
        return title;
    }

    /** In a word, in front of their number. */
    public String shortTitle() {
        return shortTitle;
    }

    public List<Integer> steps() {
        return switch (this) {
            case ZNODES -> List.of(1_000, 10_000, 100_000, 1_000_000, 4_000_000);
            case SESSIONS -> List.of(1, 10, 100, 1_000, 10_000);
            case WATCHES -> List.of(1, 10, 100, 1_000, 10_000, 100_000);
            case VALUES -> List.of(100, 1_024, 8_192, 65_536, 524_288);
            case SERVERS -> List.of(1, 3, 5, 7);
        };
    }

    /** How much there is of everything at a step. */
    public Extent extentAt(int step) {
        return switch (this) {
            case ZNODES -> Extent.USUAL.withZnodes(step);
            case SESSIONS -> Extent.USUAL.withSessions(step);
            case WATCHES -> Extent.USUAL.withWatches(step);
            case VALUES ->
                Extent.USUAL.withDataBytes(step).withZnodes(Math.min(Extent.USUAL.znodes(), MOST_DATA_BYTES / step));
            case SERVERS -> Extent.USUAL.withServers(step);
        };
    }

    public Case at(int step, Settings settings) {
        return new GrowthCase(toString(), Integer.toString(step), extentAt(step), settings);
    }
}
