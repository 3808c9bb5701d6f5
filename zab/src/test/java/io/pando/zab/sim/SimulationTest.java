package io.pando.zab.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ensembles of three and five servers under faults of all kinds: what must hold, holds, and what was broken comes right again. */
class SimulationTest {
    private static final int SEEDS = 3_000;
    private static final List<String> MUST_OCCUR = List.of(
            "barriers passed",
            "damage BIT_FLIPPED",
            "damage SECTOR_LOST",
            "disk fault POWER_OF_ALL",
            "epochs begun",
            "floors cleared",
            "floors set",
            "halts by a storage fault",
            "handovers",
            "leaderships established",
            "logs reset to a snapshot",
            "memberships installed",
            "no room for a segment",
            "records committed",
            "recovery finds DAMAGED",
            "recovery finds TORN",
            "reject AHEAD",
            "reject NOT_LEADING",
            "role OBSERVING",
            "snapshots installed",
            "sync DIFF",
            "sync SNAP",
            "sync TRUNC",
            "truncations",
            "truncations within a segment",
            "writes refused",
            "writes that wait for room",
            "wiped servers");

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void nothing_that_must_hold_is_broken_and_everything_that_can_happen_does() {
        Coverage all = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Simulation.run(seed).coverage())
                .collect(Coverage::new, Coverage::add, Coverage::add);

        for (String situation : MUST_OCCUR) {
            assertTrue(all.of(situation) > 0, () -> "Never met: " + situation + ", in " + all.counts());
        }
    }

    @Test
    void a_seed_always_tells_the_same_story() {
        for (long seed = 1; seed <= 20; seed++) {
            assertEquals(Simulation.run(seed).traceHash(), Simulation.run(seed).traceHash(), "Seed " + seed);
        }
    }

    @Test
    void a_seed_tells_the_same_story_in_another_jvm() throws Exception {
        List<String> here = LongStream.rangeClosed(1, 20)
                .mapToObj(
                        seed -> "%d %016x".formatted(seed, Simulation.run(seed).traceHash()))
                .toList();

        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimMain.class.getName(),
                        "--hashes",
                        "--seeds",
                        "20")
                .redirectErrorStream(true)
                .start();
        String there = new String(other.getInputStream().readAllBytes(), UTF_8);

        assertEquals(0, other.waitFor(), there);
        assertEquals(here, there.lines().toList());
    }
}
