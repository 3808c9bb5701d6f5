package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A failure of the simulator is told as briefly as it can be. */
class ShrinkerTest {
    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_rule_that_is_missing_is_shown_by_few_faults_and_writes() throws Exception {
        // An ack on receipt: what a leader counts as stored is lost with the power.
        Path following = Path.of("src", "main", "java", "io", "pando", "zab", "core", "Following.java");
        Method simulation = Simulation.class.getDeclaredMethod("runReduced", String.class, long.class);
        Mutant mutant = Mutant.of(
                following,
                "node.history.durable() : Zxid.NONE",
                "node.history.last() : Zxid.NONE",
                "io.pando.zab.",
                simulation);
        long seed = LongStream.rangeClosed(1, 50)
                .filter(each -> !told(mutant, Reduction.NONE, each).isEmpty())
                .findFirst()
                .orElseThrow();

        Reduction least = new Shrinker(candidate -> told(mutant, candidate, seed)).shrink();

        String story = told(mutant, least, seed);
        assertEquals(Shrinker.violationOf(told(mutant, Reduction.NONE, seed)), Shrinker.violationOf(story));
        assertTrue(least.faults().count() <= 5, least::toString);
        assertTrue(least.writes().count() <= 5, least::toString);
        assertTrue(story.contains("bin/pando simulate --reduced \"" + least + "\" --seeds 1 --from " + seed), story);
        assertEquals("", Simulation.failureOf(least, seed), "The rule is what is missing");
    }

    @Test
    void exactly_what_a_failure_needs_is_left() {
        Shrinker shrinker = new Shrinker(candidate -> needing(candidate, 17, 70, 71) ? "I2: 0x7 follows nothing" : "");

        Reduction least = shrinker.shrink();

        assertEquals(List.of(17, 70, 71), least.faults().numbers());
        assertEquals(List.of(), least.writes().numbers());
        assertEquals(1, least.stormMs());
        assertEquals(Set.of(Simplification.values()), least.simplified());
    }

    @Test
    void another_failure_is_not_taken_for_it() {
        Shrinker shrinker = new Shrinker(candidate -> needing(candidate, 3, 9)
                ? "I19: server 2 differs at 0x100000004"
                : needing(candidate, 3) ? "I24: no leader" : "");

        assertEquals(List.of(3, 9), shrinker.shrink().faults().numbers());
    }

    @Test
    void what_is_said_without_a_number_is_compared_without_its_figures() {
        assertEquals(
                Shrinker.violationOf("io.pando.zab.sim.SimFailure: Server 1 halts: torn\nSeed 9"),
                Shrinker.violationOf("Server 3 halts: rotten"));
    }

    @Test
    void where_nothing_fails_nothing_is_shrunk() {
        assertThrows(IllegalArgumentException.class, () -> new Shrinker(candidate -> ""));
    }

    @Test
    void a_reduction_is_what_its_text_says() {
        Reduction reduction = Reduction.NONE
                .withStormMs(12)
                .withFaults(new Chosen(List.of(1, 2, 3, 7)))
                .withWrites(new Chosen(List.of()))
                .with(Simplification.STEADY_LINKS)
                .with(Simplification.OLDEST_FIRST);

        assertEquals("storm-ms=12 faults=1-3,7 writes=none STEADY_LINKS OLDEST_FIRST", reduction.toString());
        assertEquals(reduction, Reduction.parse(reduction.toString()));
        assertEquals(Reduction.NONE, Reduction.parse(Reduction.NONE.toString()));
        var refused = assertThrows(IllegalArgumentException.class, () -> Reduction.parse("faults=many"));
        assertTrue(refused.toString().contains("'faults=many'"), refused::toString);
    }

    private static boolean needing(Reduction candidate, int... faults) {
        for (int fault : faults) {
            if (!candidate.faults().has(fault)) {
                return false;
            }
        }
        return true;
    }

    private static String told(Mutant mutant, Reduction reduction, long seed) {
        try {
            return mutant.failure(reduction.toString(), seed);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
