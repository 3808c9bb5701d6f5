package io.pando.test.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code bin/pando soak}. */
public final class SoakMain {
    private static final String USAGE = """
        Usage: pando soak [--minutes N] [--servers N] [--attackers N]

          --minutes N    of siege, 3 by default; calm before and after it take half as long again
          --servers N    1 by default, or as many as make an ensemble
          --attackers N  connections that mean harm, 4000 by default, as far as this process may have files open

        Starts servers of its own with little memory, lets thousands of bad clients at them, and tells what becomes of their memory, and of how long
        calls of a few good clients take. Exit code 1 if a server died, took more memory than it was given, or a good client saw an error.
        """;

    private SoakMain() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments, System.out));
    }

    /** The exit code: 1 if something was wrong, 2 if the arguments are. */
    static int run(String[] arguments, PrintStream out) throws IOException {
        double minutes = 3;
        int servers = 1;
        int attackers = 4_000;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--servers" -> servers = Integer.parseInt(arguments[++i]);
                    case "--attackers" -> attackers = Integer.parseInt(arguments[++i]);
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
        int possible = Math.min(attackers, Soak.mostAttackers());
        if (possible < attackers) {
            out.println("This process may have so few files open (ulimit -n) that there are only " + possible
                    + " attackers.");
        }
        List<String> flaws = new Soak(Duration.ofMillis((long) (minutes * 60_000)), possible, out).run(servers);
        if (flaws.isEmpty()) {
            out.println("No server died, memory stayed within bounds, and clients that mean well saw no error.");
            return 0;
        }
        flaws.forEach(flaw -> out.println("WRONG: " + flaw));
        return 1;
    }
}
