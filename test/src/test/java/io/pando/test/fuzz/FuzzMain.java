package io.pando.test.fuzz;

import io.pando.test.fuzz.Guided.Outcome;
import io.pando.zab.disk.QuietLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** {@code bin/pando fuzz}: every decoder, led by its branches, for as long as somebody has time. */
public final class FuzzMain {
    private static final String USAGE = """
        Usage: pando fuzz [--minutes N] [--seed S] [DECODER...]
               pando fuzz --replay HEX DECODER
               pando fuzz --list

          --minutes N   altogether, 10 by default; each decoder has its share
          --seed S      where chance begins; by default it is drawn, and printed
          --replay HEX  tries this one input
          --list        names the decoders

        Decoders are what reads bytes or text from outside. Inputs are made of the kept ones by Jazzer, which prefers those that take new branches.
        Whatever it finds is printed with the command that shows it again; what it learns stays in test/target/fuzz, where the next run goes on.
        Exit code 1 if anything was found.
        """;

    private FuzzMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out));
    }

    /** The exit code: 1 if something was found, 2 if the arguments are wrong. */
    static int run(String[] arguments, PrintStream out) throws InterruptedException {
        double minutes = 10;
        long seed = System.nanoTime() & Integer.MAX_VALUE;
        byte[] replayed = null;
        List<Decoder> decoders = new ArrayList<>();
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--replay" -> replayed = HexFormat.of().parseHex(arguments[++i]);
                    case "--list" -> {
                        Decoders.all().forEach(out::println);
                        return 0;
                    }
                    case "--help", "-h" -> {
                        out.print(USAGE);
                        return 0;
                    }
                    default -> decoders.add(Decoders.named(arguments[i]));
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notUnderstood) {
            out.println(notUnderstood.getMessage());
            out.print(USAGE);
            return 2;
        }
        if (replayed != null) {
            return replay(decoders, replayed, out);
        }
        return fuzz(decoders.isEmpty() ? Decoders.all() : decoders, minutes, seed, out);
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
