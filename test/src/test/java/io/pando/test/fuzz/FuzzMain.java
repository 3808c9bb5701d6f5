package io.pando.test.fuzz;

import io.pando.test.fuzz.Guided.Outcome;
import io.pando.zab.disk.QuietLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/pando fuzz}: every decoder, led by its branches, for as long as somebody has time. */
@Command(
        name = "pando fuzz",
        sortOptions = false,
        description = {
            "Gives whatever reads bytes or text from outside inputs that nobody expects.",
            "",
            "Inputs are made of the kept ones by Jazzer, which prefers those that take new branches. Whatever it finds"
                + " is printed with the command that shows it again; what it learns stays in test/target/fuzz, where"
                + " the next run goes on. Exit code 1 if anything was found, 2 if the options are wrong.",
            ""
        })
public final class FuzzMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "DECODER", description = "Which to try. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Altogether; each decoder has its share. Default: ${DEFAULT-VALUE}.")
    private double minutes = 10;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Where chance begins; by default it is drawn, and printed.")
    private long seed = System.nanoTime() & Integer.MAX_VALUE;

    @Option(names = "--replay", paramLabel = "HEX", description = "Gives the decoders this one input.")
    private @Nullable String replayed;

    @Option(names = "--list", description = "Names the decoders.")
    private boolean list;

    @SuppressWarnings("UnusedVariable") // picocli looks at it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this.")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FuzzMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        if (list) {
            Decoders.all().forEach(out::println);
            return 0;
        }
        List<Decoder> decoders;
        byte[] input;
        try {
            decoders = names.stream().map(Decoders::named).toList();
            input = HexFormat.of().parseHex(replayed == null ? "" : replayed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return replayed == null
                ? fuzz(decoders.isEmpty() ? Decoders.all() : decoders, minutes, seed, out)
                : replay(decoders, input, out);
    }

    private static int replay(List<Decoder> decoders, byte[] input, PrintStream out) {
        QuietLog quiet = new QuietLog("io.pando");
        boolean broken = false;
        for (Decoder decoder : decoders) {
            try {
                Trial trial = new Trial(decoder);
                trial.of(input);
                out.println(decoder + (trial.accepted() > 0 ? " reads it." : " refuses it as documented."));
            } catch (BrokenPromiseException e) {
                broken = true;
                e.printStackTrace(out);
            }
        }
        quiet.close();
        return broken ? 1 : 0;
    }

    private static int fuzz(List<Decoder> decoders, double minutes, long seed, PrintStream out)
            throws InterruptedException {
        Path target = Path.of("target").toAbsolutePath();
        Guided guided = new Guided(target.resolve("fuzz-lib"), target.resolve("fuzz"));
        long seconds = Math.max(1, Math.round(minutes * 60 / decoders.size()));
        out.printf("%d decoders for %d s each, seed %d%n%n", decoders.size(), seconds, seed);
        out.printf("%-24s %12s %9s  %s%n", "decoder", "inputs", "branches", "found");
        boolean found = false;
        for (Decoder decoder : decoders) {
            try {
                Outcome outcome = guided.run(decoder, seconds, seed);
                found |= outcome.finding().isPresent();
                out.printf(
                        "%-24s %,12d %9d  %s%n",
                        decoder,
                        outcome.inputs(),
                        outcome.branches(),
                        outcome.finding().orElse("nothing"));
            } catch (IOException e) {
                out.println(decoder + " could not be tried: " + e);
                found = true;
            }
        }
        return found ? 1 : 0;
    }
}
