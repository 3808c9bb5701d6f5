package io.pando.zab.sim;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** As many seeds as somebody has time for, on all processors; says how far it is, and at the end how often which situation was met. */
public final class SeedRuns {
    private static final int SEEDS_AT_ONCE = 50;
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final LongFunction<Coverage> run;
    private final PrintStream out;
    private final long startedNanos = System.nanoTime();
    private long toldNanos = startedNanos;
    private final Coverage coverage = new Coverage();

    /** @param run plays one seed, and throws a {@link SimFailure} that tells its story if something failed */
    public SeedRuns(LongFunction<Coverage> run, PrintStream out) {
        this.run = run;
        this.out = out;
    }

    /** Returns whether nothing failed. */
    public boolean simulate(long from, long seeds) {
        for (long at = 0; at < seeds; at += SEEDS_AT_ONCE) {
            long end = Math.min(seeds, at + SEEDS_AT_ONCE);
            Optional<SimFailure> failure = simulateSome(from + at, from + end);
            if (failure.isPresent()) {
                out.println(failure.get().getMessage());
                return false;
            }
            tellProgress(from + end - 1, end, seeds);
        }
        summarize(seeds);
        return true;
    }

    /** The failure of the lowest seed that fails, so that the story is the same however many processors there are. */
    private Optional<SimFailure> simulateSome(long from, long end) {
        return LongStream.range(from, end)
                .parallel()
                .mapToObj(this::simulateOne)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<SimFailure> simulateOne(long seed) {
        try {
            Coverage met = run.apply(seed);
            synchronized (coverage) { // all processors meet here
                coverage.add(met);
            }
            return Optional.empty();
        } catch (SimFailure failure) {
            return Optional.of(failure);
        }
    }

    private void tellProgress(long last, long done, long seeds) {
        if (System.nanoTime() - toldNanos > TELL_EVERY.toNanos() || done == seeds) {
            toldNanos = System.nanoTime();
            out.printf("%,d of %,d seeds, up to %d, in %,d s: nothing failed%n", done, seeds, last, elapsedSeconds());
        }
    }

    private long elapsedSeconds() {
        return Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds();
    }

    private void summarize(long seeds) {
        out.printf("What was met in %,d seeds:%n", seeds);
        coverage.counts().forEach((situation, count) -> out.printf("%,16d  %s%n", count, situation));
    }
}
