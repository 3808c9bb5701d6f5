package io.pando.test.torture;

import io.pando.test.harness.Target;
import io.pando.test.torture.Findings.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** {@code bin/pando torture}: as many rounds as fit into the time, each with servers and a seed of its own. */
public final class Main {
    private final Options options;
    private final PrintStream out;

    private Main(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments, System.out, System.err));
    }

    /** The exit code: that of the verdict, or 2 if the arguments are wrong. */
    static int run(String[] arguments, PrintStream out, PrintStream err) throws Exception {
        Options options;
        try {
            options = Options.of(List.of(arguments), new Random().nextInt(Integer.MAX_VALUE));
        } catch (IllegalArgumentException wrong) {
            err.println("pando torture: " + wrong.getMessage());
            err.println("\"pando torture --help\" lists what it takes.");
            return 2;
        }
        if (options.help()) {
            out.print(Options.USAGE);
            return 0;
        }
        return new Main(options, out).runAll().exitCode();
    }

    /** The first verdict that is not the hoped for ends it. */
    private Verdict runAll() throws Exception {
        Duration left = options.duration();
        for (long seed = options.seed(); left.isPositive(); seed++) {
            Duration round = left.compareTo(Options.LONGEST_ROUND) < 0 ? left : Options.LONGEST_ROUND;
            Verdict verdict = run(options.plan(seed, round));
            if (verdict != Verdict.HELD) return verdict;
            left = left.minus(round);
        }
        return Verdict.HELD;
    }

    private Verdict run(Plan plan) throws Exception {
        Files.createDirectories(plan.folder());
        ClientLog.into(plan.folder().resolve("clients.log"));
        Report report = new Report(out);
        report.say("%d servers of %s, seed %d, faults for %d s%s"
                .formatted(
                        plan.servers(),
                        plan.target() == Target.PANDO ? "Pando" : "Apache ZooKeeper",
                        plan.seed(),
                        plan.duration().toSeconds(),
                        plan.broken() == Broken.NOT
                                ? ""
                                : ", with a relay that lies (" + plan.broken().option() + ")"));
        try (Site site = Site.open(plan)) {
            // Whoever has seen enough and interrupts it leaves no servers behind.
            Runtime.getRuntime().addShutdownHook(new Thread(site::close, "undertaker"));
            Verdict verdict = run(plan, site, report);
            if (verdict != Verdict.HELD) return verdict;
        }
        if (!options.keep()) delete(plan.folder());
        return Verdict.HELD;
    }

    private Verdict run(Plan plan, Site site, Report report) throws IOException {
        Findings findings = new Findings();
        Torture torture = new Torture(plan, site, report, findings);
        List<Workload> workloads = Torture.everything(findings, "");
        try {
            torture.run(workloads, new Schedule(plan.seed()));
        } catch (Exception | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            findings.undecided().add("It was broken off: " + trace);
        }
        report.say("Faults: " + torture.faults());
        if (plan.broken() != Broken.NOT) report.say("Lies: " + torture.lies());
        findings.summary().forEach(report::say);
        Verdict verdict = findings.verdict();
        report.say("Verdict: " + verdict);
        if (verdict != Verdict.HELD || options.keep()) {
            new Evidence(plan, site).keep(workloads, findings, report).forEach(out::println);
            out.println("The same faults and choices again: " + options.again(plan));
        }
        return verdict;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
