package io.pando.test.bench.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Counts completions and their latencies between {@link #begin} and {@link #end}; before is warm-up, after is draining.
 *
 * <p>Errors count at any time: one during the warm-up is as bad. Lives on the load thread.
 */
public final class Tally {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
    private final Map<Integer, Long> errors = new TreeMap<>();
    private boolean recording;
    private boolean over;
    private long beganNanos;
    private long tookNanos;
    private long cpuNanos;

    public void begin() {
        latencies.reset();
        recording = true;
        beganNanos = System.nanoTime();
        cpuNanos = -CPU.getCurrentThreadCpuTime();
    }

    /** No more is recorded, nor asked. */
    public void end() {
        tookNanos = System.nanoTime() - beganNanos;
        cpuNanos += CPU.getCurrentThreadCpuTime();
        recording = false;
        over = true;
    }

    public void completed(long latencyNanos, int error) {
        if (recording) {
            latencies.recordValue(Math.min(latencyNanos, LONGEST_NANOS));
        }
        if (error != 0) {
            errors.merge(error, 1L, Long::sum);
        }
    }

    boolean isOver() {
        return over;
    }

    public double perSecond() {
        return latencies.getTotalCount() / (tookNanos / 1e9);
    }

    /** How busy the load thread was itself: near 1, it is the generator that was measured. */
    public double generatorCores() {
        return (double) cpuNanos / tookNanos;
    }

    public Latencies latencies() {
        return Latencies.of(latencies);
    }

    public Errors errors() {
        return new Errors(errors);
    }
}
