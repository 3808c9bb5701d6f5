package io.pando.test.whole;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.sim.SeedRuns;
import java.io.PrintStream;

/** {@code bin/pando simulate --whole}: whole servers with clients, as many seeds as somebody has time for. */
public final class WholeMain {
    private static final String USAGE = """
        Usage: pando simulate --whole [--seeds N] [--from S]

          --seeds N   how many, 1000 by default; some ten a second
          --from S    the first one, 1 by default; one seed is always the same story
          --hashes    prints for each seed a hash of all that happened: the same everywhere

        Each is an ensemble of three to six servers with clients in virtual time, with crashes, lost power, cuts and failing disks
        drawn from the seed. Whatever clients are told is compared with what the log says. Exit code 1 if anything was wrong.
        """;

    private WholeMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /** The exit code: 1 if a seed failed, 2 if the arguments are wrong. */
    static int run(String[] arguments, PrintStream out) {
        long seeds = 1000;
        long from = 1;
        boolean hashes = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--whole" -> {}
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
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notUnderstood) {
            out.print(USAGE);
            return 2;
        }
        QuietLog quiet = new QuietLog("io.pando");
        try {
            return hashes ? tellHashes(from, seeds, out) : simulate(from, seeds, out);
        } finally {
            quiet.close();
        }
    }

    private static int tellHashes(long from, long seeds, PrintStream out) {
        for (long seed = from; seed < from + seeds; seed++) {
            out.printf("%d %016x%n", seed, WholeSimulation.run(seed).traceHash());
        }
        return 0;
    }

    private static int simulate(long from, long seeds, PrintStream out) {
        return new SeedRuns(seed -> WholeSimulation.run(seed).coverage(), out).simulate(from, seeds) ? 0 : 1;
    }
}
