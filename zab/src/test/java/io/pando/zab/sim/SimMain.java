package io.pando.zab.sim;

import io.pando.zab.disk.QuietLog;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * {@code bin/pando simulate --seeds N --from S}: as many seeds as somebody has time for, at random or of one scenario, on all
 * processors. Says how far it is, at the end how often which situation was met; a seed that fails ends it with its story.
 */
public final class SimMain {
    private static final String USAGE = """
        Usage: pando simulate [--scenario NAME] [--seeds N] [--from S]

          --scenario NAME   a script instead of faults at random; "list" tells which there are
          --seeds N         how many, 1000 by default; a few hundred take a minute
          --from S          the first one, 1 by default; one seed is always the same story
          --hashes          prints for each seed a hash of all that happened: the same everywhere

        Each is an ensemble of three or five servers in virtual time, with crashes, cuts, slow disks and lost
        messages drawn from the seed. Exit code 1 if anything that must hold did not.
        """;
    private static final int SEEDS_AT_ONCE = 50;
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final String scenario;
    private final long startedNanos = System.nanoTime();
    private long toldNanos = startedNanos;
    private final Coverage coverage = new Coverage();

    private SimMain(String scenario, PrintStream out) {
        this.scenario = scenario;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /** The exit code: 1 if a seed failed, 2 if the arguments are wrong. */
    static int run(String[] arguments, PrintStream out) {
        long seeds = 1000;
        long from = 1;
        String scenario = "";
        boolean hashes = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--scenario" -> scenario = arguments[++i];
                    case "--seeds" -> seeds = Long.parseLong(arguments[++i]);
                    case "--from" -> from = Long.parseLong(arguments[++i]);
                    case "--hashes" -> hashes = true;
                    case "--help", "-h" -> {
                        out.print(USAGE);
                        return 0;
                    }
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
            if (scenario.equals("list")) {
                list(out);
                return 0;
            }
            checkName(scenario);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notUnderstood) {
            out.print(USAGE);
            return 2;
        }
        SimMain main = new SimMain(scenario, out);
        QuietLog quiet = new QuietLog();
        try {
            return (hashes ? main.tellHashes(from, seeds) : main.simulate(from, seeds)) ? 0 : 1;
        } finally {
            quiet.close();
        }
    }

    private static void checkName(String scenario) {
        if (!scenario.isEmpty() && !scenario.equals(ElectionOrders.NAME)) {
            Scenario.named(scenario);
        }
    }

    private static void list(PrintStream out) {
        Scenario.all().forEach(scenario -> out.printf("%-10s %s%n", scenario.name(), scenario.story()));
        out.printf("%-10s %s%n", ElectionOrders.NAME, "Elections alone, in all orders in which messages can arrive.");
    }

    private boolean tellHashes(long from, long seeds) {
        for (long seed = from; seed < from + seeds; seed++) {
            out.printf("%d %016x%n", seed, Simulation.run(scenario, seed).traceHash());
        }
        return true;
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
            Coverage met = Simulation.run(scenario, seed).coverage();
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
