package io.pando.test.bench.load;

import java.time.Duration;
import java.util.function.Consumer;

/** One change after the other, of each of which many are told. */
final class FanOut {
    private FanOut() {}

    /**
     * For {@code warmUp} and then for {@code time}, which is what the tally covers.
     *
     * @param change makes one, waits until all were told, and notes how long that took
     */
    static Tally changeFor(Duration warmUp, Duration time, Consumer<Tally> change) {
        var tally = new Tally();
        changeFor(warmUp, tally, change);
        tally.begin();
        changeFor(time, tally, change);
        tally.end();
        return tally;
    }

    private static void changeFor(Duration time, Tally tally, Consumer<Tally> change) {
        long end = System.nanoTime() + time.toNanos();
        do {
            change.accept(tally);
        } while (System.nanoTime() < end);
    }
}
