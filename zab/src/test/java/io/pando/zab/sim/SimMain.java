package io.pando.zab.sim;

import io.pando.zab.disk.QuietLog;
import java.io.PrintStream;

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

    private final PrintStream out;
    private final String scenario;

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
                    case "--scenario" -> scenario = valueOf(arguments, i++);
                    case "--seeds" -> seeds = numberOf(arguments, i++);
                    case "--from" -> from = numberOf(arguments, i++);
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
        } catch (IllegalArgumentException notUnderstood) {
            out.println(notUnderstood.getMessage());
            out.print(USAGE);
            return 2;
        }
        SimMain main = new SimMain(scenario, out);
        QuietLog quiet = new QuietLog();
        try {
            return (hashes ? main.tellHashes(from, seeds) : new SeedRuns(main::coverageOf, out).simulate(from, seeds))
                    ? 0
                    : 1;
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

    private boolean tellHashes(long from, long seeds) {
        for (long seed = from; seed < from + seeds; seed++) {
            out.printf("%d %016x%n", seed, Simulation.run(scenario, seed).traceHash());
        }
        return true;
    }

    private Coverage coverageOf(long seed) {
        return Simulation.run(scenario, seed).coverage();
    }
}
