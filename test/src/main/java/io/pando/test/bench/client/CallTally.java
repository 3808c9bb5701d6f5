package io.pando.test.bench.client;

import com.sun.management.ThreadMXBean;
import io.pando.test.bench.load.Latencies;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;

/** Counts calls as they are answered, on any thread, and what the process allocates meanwhile. */
final class CallTally {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Recorder latencies = new Recorder(SIGNIFICANT_DIGITS);
    private final LongAdder failed = new LongAdder();

    void answered(long sentNanos, boolean good) {
        latencies.recordValue(System.nanoTime() - sentNanos);
        if (!good) {
            failed.increment();
        }
    }

    /** Of what is answered from the end of the warm-up on; failures count from the beginning. */
    Findings watch(long warmUpMs, long timeMs) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(warmUpMs);
        latencies.reset();
        long allocatedBefore = threads.getTotalThreadAllocatedBytes();
        long began = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(timeMs);
        double seconds = (System.nanoTime() - began) / 1e9;
        long allocated = threads.getTotalThreadAllocatedBytes() - allocatedBefore;
        var answered = latencies.getIntervalHistogram();
        double calls = answered.getTotalCount();
        return Findings.of(
                Map.of(
                        Findings.PER_SECOND, calls / seconds,
                        Findings.ALLOCATED_BYTES, allocated / Math.max(1, calls),
                        Findings.FAILED, (double) failed.sum()),
                Latencies.of(answered));
    }
}
