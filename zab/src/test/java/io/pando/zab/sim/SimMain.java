package io.pando.zab.sim;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * {@code bin/pando simulate --seeds N --from S}: as many seeds as somebody has time for, on all processors. Says how far it is, at the end how
 * often which situation was met; a seed that fails ends it with its story.
 */
public final class SimMain {
    private static final String USAGE = """
        Usage: pando simulate [--seeds N] [--from S]

          --seeds N   how many, 1000 by default; a few hundred take a minute
          --from S    the first one, 1 by default; one seed is always the same story

        Each is an ensemble of three or five servers in virtual time, with crashes, cuts, slow disks and lost
        messages drawn from the seed. Exit code 1 if anything that must hold did not.
        """;
    private static final int SEEDS_AT_ONCE = 50;
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final long startedNanos = System.nanoTime();
    private long toldNanos = startedNanos;
    private final Coverage coverage = new Coverage();

    private SimMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /** The exit code: 1 if a seed failed, 2 if the arguments are wrong. */
    static int run(String[] arguments, PrintStream out) {
        long seeds = 1000;
        long from = 1;
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                switch (arguments[i]) {
                    case "--seeds" -> seeds = Long.parseLong(arguments[i + 1]);
                    case "--from" -> from = Long.parseLong(arguments[i + 1]);
                    case "--help", "-h" -> {
                        out.print(USAGE);
                        return 0;
                    }
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notUnderstood) {
            out.print(USAGE);
            return 2;
        }
        return new SimMain(out).simulate(from, seeds) ? 0 : 1;
    }

    private boolean simulate(long from, long seeds) {
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
            Coverage met = Simulation.run(seed).coverage();
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
