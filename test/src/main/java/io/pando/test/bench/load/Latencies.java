package io.pando.test.bench.load;

import org.HdrHistogram.Histogram;

/** A histogram said in a few figures, in microseconds. */
public record Latencies(
        long count, double meanUs, double p50Us, double p90Us, double p99Us, double p999Us, double maxUs) {
    public static Latencies of(Histogram nanos) {
        return new Latencies(
                nanos.getTotalCount(),
                nanos.getMean() / 1e3,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(90) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getValueAtPercentile(99.9) / 1e3,
                nanos.getMaxValue() / 1e3);
    }
}
