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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** One run on one site: faults while clients work, then a judgement of all that was seen. */
final class Torture {
    private final Plan plan;
    private final Site site;
    private final Report report;
    private final Findings findings = new Findings();
    private final Map<String, Integer> counts = new TreeMap<>();

    Torture(Plan plan, Site site, Report report) {
        this.plan = plan;
        this.site = site;
        this.report = report;
    }

    Findings findings() {
        return findings;
    }

    /** Goes through the steps until they or the time of the plan are over. What clients did comes back, to be kept if need be. */
    List<Workload> run(Iterator<Step> steps) throws Exception {
        Crew crew = Crew.begin(site, findings, plan.seed());
        report.happens(crew.size() + " clients begin");
        boolean healthy = isHealthy(new Nemesis(site, plan.target()), crew) && torture(steps, crew);
        report.happens("The clients end");
        crew.stop();
        if (healthy) judge(crew.workloads());
        return crew.workloads();
    }

    /** Whether everybody got over it. */
    private boolean torture(Iterator<Step> steps, Crew crew) throws Exception {
        Nemesis nemesis = new Nemesis(site, plan.target());
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
