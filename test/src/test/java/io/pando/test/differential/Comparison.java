package io.pando.test.differential;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.differential.Run.Divergence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Apache ZooKeeper at one port, and who has to answer alike at another, through as many random sequences as wished. */
record Comparison(String test, int originalPort, String testedName, int testedPort) {
    // Nothing may happen by the clock: no reaping, and no session ends by itself within a sequence.
    static final Map<String, String> SETTINGS = Map.of(
            "tickTime", "2000",
            "znode.container.checkIntervalMs", "86400000",
            "forceSync", "no",
            "DigestAuthenticationProvider.superDigest", AccessLists.SUPER_DIGEST);

    private static final int STEPS_PER_SEED = 300;

    /** So many different answers are shown at once; the rest waits until these are settled. */
    private static final int ENOUGH = 8;

    /** {@code -Dpando.differential.seeds=N} takes more seeds, {@code -Dpando.differential.seed=S} one again. */
    void assertAlike(int seeds) throws IOException {
        Long only = Long.getLong("pando.differential.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? Integer.getInteger("pando.differential.seeds", seeds) : only;
        List<String> divergences = new ArrayList<>();
        for (long seed = first; seed <= last && divergences.size() < ENOUGH; seed++) {
            compare(seed).ifPresent(divergences::add);
        }
        assertTrue(divergences.isEmpty(), () -> String.join("\n", divergences));
    }

    private Optional<String> compare(long seed) throws IOException {
        emptyBoth();
        Optional<Divergence> found = Run.explore(originalPort, testedPort, seed, STEPS_PER_SEED);
        if (found.isEmpty()) return Optional.empty();
        Divergence smallest = Shrinking.shrink(found.get(), this::repeat);
        return Optional.of("Seed " + seed + " (mvn -pl test -am verify -Dtest=" + test + " -Dpando.differential.seed="
                + seed + "):\n" + smallest.describe("Apache ZooKeeper", testedName));
    }

    private Optional<Divergence> repeat(List<Step> steps) throws IOException {
        emptyBoth();
        return Run.repeat(originalPort, testedPort, steps);
    }

    private void emptyBoth() throws IOException {
        Cleaner.emptyTree(originalPort);
        Cleaner.emptyTree(testedPort);
    }
}
