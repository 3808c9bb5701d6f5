package io.pando.test.differential;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.differential.Run.Divergence;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random sequences answered alike by the server under test and by Apache ZooKeeper. {@code
 * -Dpando.differential.seeds=N} takes more of them, {@code -Dpando.differential.seed=S} one again.
 */
class DifferentialTest {
    private static final int SEEDS = 100;
    private static final int STEPS_PER_SEED = 300;

    /** So many different answers are shown at once; the rest waits until these are settled. */
    private static final int ENOUGH = 8;

    // Nothing may happen by the clock: no reaping, and no session ends by itself within a sequence.
    private static final Map<String, String> SETTINGS = Map.of(
            "tickTime", "2000",
            "znode.container.checkIntervalMs", "86400000",
            "forceSync", "no",
            "DigestAuthenticationProvider.superDigest", AccessLists.SUPER_DIGEST);

    private static ServerProcess original;
    private static ServerProcess tested;

    @BeforeAll
    static void startBoth() throws IOException {
        original = ServerProcess.start(Target.ZOOKEEPER, SETTINGS);
        tested = ServerProcess.start(Target.current(), SETTINGS);
    }

    @AfterAll
    static void stopBoth() {
        original.close();
        tested.close();
    }

    @Test
    void any_sequence_of_requests_is_answered_as_by_zookeeper() throws IOException {
        Long only = Long.getLong("pando.differential.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? Integer.getInteger("pando.differential.seeds", SEEDS) : only;
        List<String> divergences = new ArrayList<>();
        for (long seed = first; seed <= last && divergences.size() < ENOUGH; seed++) {
            compare(seed).ifPresent(divergences::add);
        }
        assertTrue(divergences.isEmpty(), () -> String.join("\n", divergences));
    }

    private static Optional<String> compare(long seed) throws IOException {
        emptyBoth();
        Optional<Divergence> found = Run.explore(original.port(), tested.port(), seed, STEPS_PER_SEED);
        if (found.isEmpty()) return Optional.empty();
        Divergence smallest = Shrinking.shrink(found.get(), DifferentialTest::repeat);
        return Optional.of("Seed " + seed + " (mvn -pl test -am verify -Dtest=DifferentialTest"
                + " -Dpando.differential.seed=" + seed + "):\n"
                + smallest.describe("Apache ZooKeeper", tested.target().name()));
    }

    private static Optional<Divergence> repeat(List<Step> steps) throws IOException {
        emptyBoth();
        return Run.repeat(original.port(), tested.port(), steps);
    }

    private static void emptyBoth() throws IOException {
        Cleaner.emptyTree(original.port());
        Cleaner.emptyTree(tested.port());
    }
}
