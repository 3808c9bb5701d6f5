package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripted scenarios of simulation.md section 7, each with many seeds. S16 is about sessions, of which zab knows nothing: it is the
 * server's.
 */
class ScenarioTest {
    private static final int SEEDS = 100;
    // These do more, or on disks that are simulated byte by byte.
    private static final int SEEDS_OF_LONG_ONES = 25;

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    static Stream<String> names() {
        return Stream.concat(Scenario.all().stream().map(Scenario::name), Stream.of(ElectionOrders.NAME));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void what_a_script_breaks_comes_right_again(String scenario) {
        int seeds = isLong(scenario) ? SEEDS_OF_LONG_ONES : SEEDS;

        LongStream.rangeClosed(1, seeds).parallel().forEach(seed -> Simulation.run(scenario, seed));
    }

    private static boolean isLong(String scenario) {
        return scenario.equals(ElectionOrders.NAME)
                || DiskScripts.ALL.stream().anyMatch(script -> script.name().equals(scenario));
    }

    @Test
    void a_scenario_reaches_what_it_is_there_for() {
        assertTrue(met("S2", "sync TRUNC") > 0);
        assertTrue(met("S2-disk", "sync SNAP") > 0);
        assertTrue(met("S5-bytes", "truncations within a segment") > 0);
        assertTrue(met("S8-bytes", "damage END_FLIPPED") > 0);
        assertTrue(met("S8-bytes", "damage MIDDLE_LOST") > 0);
        assertTrue(met("S8-snapshots", "damage SNAPSHOT_CUT") > 0);
        assertTrue(met("S13", "snapshots installed") > 0);
        assertTrue(met("S13-bytes", "logs reset to a snapshot") > 0);
        assertTrue(met("S14-full", "writes that wait for room") > 0);
        assertTrue(met("S14-leader", "handovers") > 0);
        assertTrue(met("S18", "violations noticed") > 0);
        assertTrue(met("S19", "memberships installed") > 0);
        assertTrue(met("S20", "barriers passed") > 0);
    }

    private static long met(String scenario, String situation) {
        return LongStream.rangeClosed(1, 10)
                .map(seed -> Simulation.run(scenario, seed).coverage().of(situation))
                .sum();
    }
}
