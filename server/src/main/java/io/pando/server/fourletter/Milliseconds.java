package io.pando.server.fourletter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;

/** Nanoseconds as ZooKeeper shows durations: whole milliseconds, averages with up to four decimals. */
final class Milliseconds {
    private static final int DECIMALS = 4;
    private static final double NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Milliseconds() {}

    static long whole(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    static double exact(double nanos) {
        return BigDecimal.valueOf(nanos / NANOS)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
