package io.pando.test.whole;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.sim.SeedRuns;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/pando simulate --whole}: whole servers with clients, as many seeds as somebody has time for. */
@Command(
        name = "pando simulate",
        sortOptions = false,
        description = {
            "Each seed is an ensemble of three to six servers with clients in virtual time, with crashes, lost power,"
                    + " cuts and failing disks drawn from it. Whatever clients are told is compared with what the log"
                    + " says. Exit code 1 if anything was wrong, 2 if the options are.",
            ""
        })
public final class WholeMain implements Callable<Integer> {
    @SuppressWarnings("UnusedVariable") // what has led here
    @Option(names = "--whole", description = "Whole servers, rather than their agreement alone.")
    private boolean whole;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many; some ten a second. Default: ${DEFAULT-VALUE}.")
    private long seeds = 1000;

    @Option(
            names = "--from",
            paramLabel = "S",
            description = "The first one; one seed is always the same story. Default: ${DEFAULT-VALUE}.")
    private long from = 1;

    @Option(names = "--hashes", description = "Prints for each seed a hash of all that happened: the same everywhere.")
    private boolean hashes;

    @SuppressWarnings("UnusedVariable") // picocli looks at it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this.")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WholeMain()).execute(arguments));
    }

    @Override
    public Integer call() {
        QuietLog quiet = new QuietLog("io.pando");
        try {
            return hashes ? tellHashes(from, seeds, System.out) : simulate(from, seeds, System.out);
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
