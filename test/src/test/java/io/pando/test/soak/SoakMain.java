package io.pando.test.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/pando soak}. */
@Command(
        name = "pando soak",
        sortOptions = false,
        description = {
            "Starts servers of its own with little memory, lets thousands of bad clients at them, and tells what"
                    + " becomes of their memory, and of how long calls of a few good clients take.",
            "",
            "The bad ones share a process that gets only what others leave of the processors, since elsewhere they"
                + " have machines of their own. For comparison a process that gets no more either keeps all processors"
                + " busy first, and touches no server.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Everything was as promised.",
            "1:A server died or took more memory than it may, a good client saw an error, or the slowest hundredth of"
                    + " their calls took more than three times as long as on a busy machine.",
            "2:The options are wrong.",
            "3:Others used this machine meanwhile, so how long calls took says nothing."
        })
public final class SoakMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Of siege; a rehearsal of it, rests and calm take five sixths of that besides. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double minutes = 3;

    @Option(
            names = "--servers",
            paramLabel = "N",
            description = "As many as make an ensemble, or 1. Default: ${DEFAULT-VALUE}.")
    private int servers = 1;

    @Option(
            names = "--attackers",
            paramLabel = "N",
            description = "Connections that mean harm, as far as a process may have files open. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int attackers = 4_000;

    @Option(
            names = "--attacks",
            paramLabel = "KIND",
            split = ",",
            description = "What they do: all of it, unless some kinds are named, to see what each costs. The number of"
                    + " attackers of a kind stays what it is among all. Kinds: ${COMPLETION-CANDIDATES}.")
    private Set<Attack> attacks = EnumSet.allOf(Attack.class);

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description = "For the JVM of each server as well, such as one that writes a log of its collections. May be"
                    + " repeated.")
    private List<String> jvmOptions = List.of();

    @SuppressWarnings("UnusedVariable") // picocli looks at it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this.")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        require(minutes > 0, "--minutes", minutes);
        require(servers > 0, "--servers", servers);
        require(attackers > 0, "--attackers", attackers);
        PrintWriter out = spec.commandLine().getOut();
        int possible = Math.min(attackers, Soak.mostAttackers());
        if (possible < attackers) {
            out.println("A process may have so few files open here (ulimit -n) that there are only " + possible
                    + " attackers.");
        }
        Outcome outcome =
                new Soak(Duration.ofMillis((long) (minutes * 60_000)), possible, attacks, jvmOptions, out).run(servers);
        outcome.flaws().forEach(flaw -> out.println("WRONG: " + flaw));
        out.println("Verdict: " + outcome.verdict());
        out.flush();
        return outcome.verdict().exitCode();
    }

    private void require(boolean sensible, String option, Object value) {
        if (!sensible) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + "; it must be more than 0");
        }
    }
}
