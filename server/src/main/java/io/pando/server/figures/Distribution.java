package io.pando.server.figures;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Least, greatest, sum and number of what was measured since the last reset. Any thread records, any thread reads; a reader may see
 * a value that is counted but not yet summed.
 */
public final class Distribution {
    private final LongAdder count = new LongAdder();
    private final LongAdder sum = new LongAdder();
    private final LongAccumulator min = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator max = new LongAccumulator(Math::max, Long.MIN_VALUE);

    public void record(long value) {
        count.increment();
        sum.add(value);
        min.accumulate(value);
        max.accumulate(value);
    }

    /** Adds what one thread has gathered. */
    public void add(Tally tally) {
        if (tally.count() > 0) {
            count.add(tally.count());
            sum.add(tally.sum());
            min.accumulate(tally.min());
            max.accumulate(tally.max());
        }
    }

    public void reset() {
        count.reset();
        sum.reset();
        min.reset();
        max.reset();
    }

    public long count() {
        return count.sum();
    }

    public long sum() {
        return sum.sum();
    }

    /** 0 if nothing was recorded, as for the others. */
    public long min() {
        var least = min.get();
        return least == Long.MAX_VALUE ? 0 : least;
    }

    public long max() {
        var greatest = max.get();
        return greatest == Long.MIN_VALUE ? 0 : greatest;
    }

    public double average() {
        var counted = count();
        return counted == 0 ? 0 : (double) sum() / counted;
    }
}
