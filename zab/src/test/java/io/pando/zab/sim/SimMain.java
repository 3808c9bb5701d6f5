package io.pando.zab.sim;

import io.pando.zab.disk.QuietLog;
import java.io.PrintStream;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * {@code bin/pando simulate --seeds N --from S}: as many seeds as somebody has time for, at random or of one scenario, on all
 * processors. Says how far it is, at the end how often which situation was met; a seed that fails ends it with its story.
 */
public final class SimMain {
    private static final String USAGE = """
        Usage: pando simulate [--scenario NAME] [--seeds N] [--from S] [--shrink]

          --scenario NAME   a script instead of faults at random; "list" tells which there are
          --seeds N         how many, 1000 by default; a few hundred take a minute
          --from S          the first one, 1 by default; one seed is always the same story
          --shrink          makes the story of a seed that fails as short as it can; not of a script
          --reduced "..."   tells such a short story again, with --seeds 1 and the --from that go with it
          --hashes          prints for each seed a hash of all that happened: the same everywhere

        Each is an ensemble of three or five servers in virtual time, with crashes, cuts, slow disks and lost
        messages drawn from the seed. Exit code 1 if anything that must hold did not.
        """;

    private final PrintStream out;
    private final String scenario;
    private final Reduction reduction;
    // Those that have failed; processors meet here.
    private final ConcurrentSkipListSet<Long> failed = new ConcurrentSkipListSet<>();

    private SimMain(String scenario, Reduction reduction, PrintStream out) {
        this.scenario = scenario;
        this.reduction = reduction;
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
        Reduction reduction = Reduction.NONE;
        boolean shrinks = false;
        boolean hashes = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--scenario" -> scenario = valueOf(arguments, i++);
                    case "--seeds" -> seeds = numberOf(arguments, i++);
                    case "--from" -> from = numberOf(arguments, i++);
                    case "--reduced" -> reduction = Reduction.parse(valueOf(arguments, i++));
                    case "--shrink" -> shrinks = true;
                    case "--hashes" -> hashes = true;
                    case "--help", "-h" -> {
                        out.print(USAGE);
                        return 0;
                    }
                    default -> throw new IllegalArgumentException("Unknown option: '" + arguments[i] + "'");
                }
            }
            if (scenario.equals("list")) {
                list(out);
                return 0;
            }
            checkName(scenario);
            if (!scenario.isEmpty() && (shrinks || !reduction.equals(Reduction.NONE))) {
                throw new IllegalArgumentException("--scenario " + scenario
                        + " is a script, which can't be shrunk: leave out --shrink and --reduced, or the scenario");
            }
        } catch (IllegalArgumentException notUnderstood) {
            out.println(notUnderstood.getMessage());
            out.print(USAGE);
            return 2;
        }
        SimMain main = new SimMain(scenario, reduction, out);
        QuietLog quiet = new QuietLog();
        try {
            if (hashes) {
                main.tellHashes(from, seeds);
                return 0;
            }
            boolean allWell = new SeedRuns(main::coverageOf, out).simulate(from, seeds);
            if (!allWell && shrinks) {
                main.shrink(main.failed.first());
            }
            return allWell ? 0 : 1;
        } finally {
            quiet.close();
        }
    }

    private static String valueOf(String[] arguments, int option) {
        if (option + 1 == arguments.length) {
            throw new IllegalArgumentException("Missing value for option " + arguments[option]);
        }
        return arguments[option + 1];
    }

    private static long numberOf(String[] arguments, int option) {
        String value = valueOf(arguments, option);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Invalid value for option " + arguments[option] + ": '" + value + "' is no number", e);
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

    private void tellHashes(long from, long seeds) {
        for (long seed = from; seed < from + seeds; seed++) {
            out.printf("%d %016x%n", seed, play(seed).traceHash());
        }
    }

    private Coverage coverageOf(long seed) {
        try {
            return play(seed).coverage();
        } catch (SimFailure failure) {
            failed.add(seed);
            throw failure;
        }
    }

    private Simulation.Outcome play(long seed) {
        return scenario.isEmpty() ? Simulation.run(seed, reduction) : Simulation.run(scenario, seed);
    }

    private void shrink(long seed) {
        out.printf("%nShrinking the story of seed %d.%n", seed);
        Shrinker shrinker = new Shrinker(candidate -> Simulation.failureOf(candidate, seed));
        Reduction least = shrinker.shrink();
        out.printf("Played %,d times. The shortest that fails in the same way:%n", shrinker.runs());
        out.println(Simulation.failureOf(least, seed));
    }
}
