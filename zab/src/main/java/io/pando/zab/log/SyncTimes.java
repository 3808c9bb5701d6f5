package io.pando.zab.log;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long the log's writes and syncs take. Recorded under the write baton, read by anybody. */
final class SyncTimes {
    private static final Logger log = LoggerFactory.getLogger(SyncTimes.class);

    private final long warningNanos;
    private final LongAdder count = new LongAdder();
    private final LongAdder totalNanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);
    // Under the write baton.
    private long recentNanos;

    SyncTimes(Duration warning) {
        this.warningNanos = warning.toNanos();
    }

    void record(long nanos) {
        count.increment();
        totalNanos.add(nanos);
        maxNanos.accumulate(nanos);
        recentNanos += (nanos - recentNanos) / 8;
        if (nanos > warningNanos) {
            log.warn(
                    "Making the log durable took {} ms, above {} ms; the disk is slow and writes wait for it.",
                    nanos / 1_000_000,
                    warningNanos / 1_000_000);
        }
    }

    long count() {
        return count.sum();
    }

    long totalNanos() {
        return totalNanos.sum();
    }

    long maxNanos() {
        return maxNanos.get();
    }

    /** A moving average over the last few. Under the write baton. */
    long recentNanos() {
        return recentNanos;
    }
}
