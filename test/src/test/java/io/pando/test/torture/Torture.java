package io.pando.test.torture;

import io.pando.test.torture.Schedule.Step;
import io.pando.test.znodes.Reigns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** One run on one site: faults while clients work, then a judgement of all that was seen. */
final class Torture {
    private final Plan plan;
    private final Site site;
    private final Report report;
    private final Findings findings;
    private final Map<String, Integer> counts = new TreeMap<>();
    // Counted by the threads of relays that lie.
    private final AtomicInteger lies = new AtomicInteger();

    Torture(Plan plan, Site site, Report report, Findings findings) {
        this.plan = plan;
        this.site = site;
        this.report = report;
        this.findings = findings;
    }

    /** How often somebody was lied to. */
    int lies() {
        return lies.get();
    }

    /** All that clients can do, below {@code root}. */
    static List<Workload> everything(Findings findings, String root) {
        return List.of(
                new SharedZnodes(findings, root),
                new Locks(findings, root),
                new Ephemerals(findings, root),
                new Watches(findings, root, WatchKind.ALL));
    }

    /** Goes through the steps until they or the time of the plan are over, or until something is wrong, and judges. */
    void run(List<Workload> workloads, Iterator<Step> steps) throws Exception {
        boolean healthy;
        try (ClientLinks links = ClientLinks.to(site.members(), plan.broken(), plan.seed(), lies)) {
            Crew crew = Crew.begin(workloads, site, links, plan.seed());
            report.happens(crew.size() + " clients begin");
            Nemesis nemesis = new Nemesis(site, links, plan.target());
            healthy = isHealthy(nemesis, crew) && torture(nemesis, crew, steps);
            report.happens("the clients end");
            crew.stop();
        }
        if (healthy) judge(workloads);
    }

    /** Whether everybody got over it. */
    private boolean torture(Nemesis nemesis, Crew crew, Iterator<Step> steps) throws Exception {
        long end = System.nanoTime() + plan.duration().toNanos();
        while (steps.hasNext() && System.nanoTime() - end < 0) {
            Step step = steps.next();
            LockSupport.parkNanos(step.calm().toNanos());
            for (Fault fault : step.faults()) {
                counts.merge(fault.getClass().getSimpleName(), 1, Integer::sum);
                report.happens(nemesis.begin(fault));
            }
            LockSupport.parkNanos(step.lasting().toNanos());
            nemesis.end();
            long healed = System.nanoTime();
            if (!isHealthy(nemesis, crew)) return false;
            if (!step.faults().isEmpty())
                report.happens("  ended after %.1f s; %.1f s later all serve and work again"
                        .formatted(seconds(step.lasting()), seconds(Duration.ofNanos(System.nanoTime() - healed))));
            // There is no need to go on: it is found.
            if (findings.areViolations()) return true;
        }
        return true;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private boolean isHealthy(Nemesis nemesis, Crew crew) {
        Optional<String> wrong = nemesis.awaitHealth().or(crew::awaitProgress);
        wrong.ifPresent(findings.violations()::add);
        return wrong.isEmpty();
    }

    private void judge(List<Workload> workloads) throws Exception {
        List<Witness> witnesses = new ArrayList<>();
        try {
            for (var member : site.members()) witnesses.add(Witness.of(member));
            for (Workload workload : workloads) {
                workload.judge(witnesses, findings);
                report.happens("judged: " + workload.name() + ": " + workload.extent());
            }
        } finally {
            for (Witness witness : witnesses) witness.close();
        }
        Replicas replicas = Replicas.read(site.members());
        replicas.differences().forEach(findings.violations()::add);
        report.happens("judged: the trees of all servers: %,d znodes each".formatted(replicas.size()));
        Reigns.judge(site.ensemble(), findings.violations());
        report.happens("judged: leaders: never two in an epoch");
    }

    /** The kinds of faults that happened, and how often. */
    String faults() {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
