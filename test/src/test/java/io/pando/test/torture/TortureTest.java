package io.pando.test.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import io.pando.test.torture.Findings.Verdict;
import io.pando.test.torture.Schedule.Step;
import io.pando.test.torture.Whom.Rank;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judgement bites: a brief honest run is found to be clean, and whoever is lied to finds it. */
class TortureTest {
    private static final int ENOUGH_LIES = 20;

    private static Site site;

    private final Findings findings = new Findings();

    @BeforeAll
    static void open() throws Exception {
        site = Site.open(plan(Broken.NOT));
    }

    @AfterAll
    static void close() {
        if (site != null) site.close();
    }

    private static Plan plan(Broken broken) {
        Path folder = Path.of("target", "servers", ProcessHandle.current().pid() + "-torture");
        return new Plan(Target.current(), 3, 1, Duration.ofHours(1), broken, folder);
    }

    private Torture torture(Broken broken) {
        Report nobodyReads =
                new Report(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        return new Torture(plan(broken), site, nobodyReads, findings);
    }

    @Test
    void nothing_is_wrong_when_a_leader_is_killed_under_load() throws Exception {
        Step step = new Step(
                Duration.ofMillis(200),
                List.of(new Fault.Kill(new Whom(Rank.LEADER, 0)), new Fault.BreakClients()),
                Duration.ofMillis(200));

        torture(Broken.NOT).run(Torture.everything(findings, ""), List.of(step).iterator());

        assertEquals(List.of(), findings.all());
        assertEquals(Verdict.HELD, findings.verdict());
    }

    @Test
    void acknowledged_writes_that_are_dropped_are_found() throws Exception {
        requireFound(Broken.DROP_ACKNOWLEDGED);
    }

    @Test
    void stale_reads_are_found() throws Exception {
        requireFound(Broken.STALE_READS);
    }

    @Test
    void lost_events_are_found_by_recursive_watches() throws Exception {
        requireLostEventsFound(WatchKind.RECURSIVE);
    }

    @Tag("faults")
    @ParameterizedTest
    @EnumSource(names = "RECURSIVE", mode = EnumSource.Mode.EXCLUDE)
    void lost_events_are_found_by_the_other_watches_as_well(WatchKind kind) throws Exception {
        requireLostEventsFound(kind);
    }

    private void requireLostEventsFound(WatchKind kind) throws Exception {
        requireFound(Broken.LOST_EVENTS, "-" + kind, root -> new Watches(findings, root, Set.of(kind)));
    }

    private void requireFound(Broken broken) throws Exception {
        requireFound(broken, "", root -> new SharedZnodes(findings, root));
    }

    private void requireFound(Broken broken, String what, Function<String, Workload> workload) throws Exception {
        Torture torture = torture(broken);
        String root = "/" + broken.option() + what;
        ZooKeeperClients.use(
                site.ensemble().connectString(),
                Session.TIMEOUT_MS,
                client -> client.create(root, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));

        torture.run(List.of(workload.apply(root)), peaceWhile(() -> torture.lies() < ENOUGH_LIES));

        assertEquals(Verdict.VIOLATED, findings.verdict(), () -> torture.lies() + " lies, " + findings.all());
    }

    private static Iterator<Step> peaceWhile(BooleanSupplier condition) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return condition.getAsBoolean();
            }

            @Override
            public Step next() {
                return new Step(Duration.ZERO, List.of(), Duration.ofMillis(100));
            }
        };
    }
}
