package io.pando.server.figures;

/** What one thread has measured and not yet added to a {@link Distribution}: plain numbers, so that counting is free. */
public final class Tally {
    private long count;
    private long sum;
    private long min;
    private long max;

    public Tally() {
        clear();
    }

    public void record(long value) {
        record(value, 1);
    }

    /** The same value so many times. */
    public void record(long value, long times) {
        if (times == 0) {
            return;
        }
        count += times;
        sum += value * times;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void clear() {
        count = 0;
        sum = 0;
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
    }

    public long count() {
        return count;
    }

    long sum() {
        return sum;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }
}
