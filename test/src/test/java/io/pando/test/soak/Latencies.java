package io.pando.test.soak;

import org.HdrHistogram.Histogram;

/**
 * How long calls of clients that mean well took, in nanoseconds. Reads need an event loop only, writes the core and the disk as well: it helps to know which of
 * them wait. What is promised is about both together.
 */
record Latencies(Histogram reads, Histogram writes) {
    /** None yet. */
    Latencies() {
        this(new Histogram(3), new Histogram(3));
    }

    void add(Latencies more) {
        reads.add(more.reads);
        writes.add(more.writes);
    }

    Histogram both() {
        Histogram both = reads.copy();
        both.add(writes);
        return both;
    }
}
