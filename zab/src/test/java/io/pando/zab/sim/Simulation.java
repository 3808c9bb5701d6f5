package io.pando.zab.sim;

import org.jspecify.annotations.Nullable;

/** One seed: faults and writes for a while, then everything is mended and must come right. */
final class Simulation {
    private static final long MILLISECOND = 1_000_000;

    private final SimCluster cluster;
    private final long stormNanos;
    private final Nemesis nemesis;
    private final @Nullable StorageNemesis storageNemesis;
    private boolean clientsAreSilent;

    private Simulation(SimCluster cluster, Reduction reduction) {
        this.cluster = cluster;
        this.stormNanos = reduction.stormMs() * MILLISECOND;
        this.nemesis = new Nemesis(cluster);
        Profile.Storage storage = cluster.profile().storage();
        this.storageNemesis = storage == null ? null : new StorageNemesis(cluster, storage);
    }

    /** What is known of a run that went well. */
    record Outcome(Coverage coverage, long traceHash, long steps) {}

    /** @throws SimFailure if something that must hold did not; it says how to see it again */
    static Outcome run(long seed) {
        return run(seed, Reduction.NONE);
    }

    /**
     * Plays as much of it as is left.
     *
     * @throws SimFailure if something that must hold did not; it says how to see it again
     */
    static Outcome run(long seed, Reduction reduction) {
        SimCluster cluster = new SimCluster(seed, reduction);
        String option = reduction.equals(Reduction.NONE) ? "" : "--reduced \"" + reduction + "\" ";
        return explaining(cluster, option, seed, () -> new Simulation(cluster, reduction).run());
    }

    /** What {@link #run(long, Reduction)} meets; an empty text if all goes well. */
    static String failureOf(Reduction reduction, long seed) {
        try {
            run(seed, reduction);
            return "";
        } catch (SimFailure failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    /** For those who have other classes of this name: {@link Mutant}. */
    static Outcome runReduced(String reduction, long seed) {
        return run(seed, Reduction.parse(reduction));
    }

    /**
     * Plays one scenario, or without a name what {@link #run(long)} does.
     *
     * @throws SimFailure if something that must hold did not; it says how to see it again
     */
    static Outcome run(String scenario, long seed) {
        if (scenario.isEmpty()) {
            return run(seed);
        }
        if (scenario.equals(ElectionOrders.NAME)) {
            return ElectionOrders.run(seed);
        }
        Scenario script = Scenario.named(scenario);
        SimCluster cluster = script.cluster(seed);
        return explaining(cluster, "--scenario " + scenario + " ", seed, () -> script.play(cluster));
    }

    private static Outcome explaining(SimCluster cluster, String option, long seed, Runnable story) {
        try {
            story.run();
        } catch (RuntimeException failure) {
            throw explained(cluster, option, seed, failure);
        }
        return new Outcome(
                cluster.coverage(), cluster.traceHash(), cluster.scheduler().steps());
    }

    private void run() {
        cluster.startAll();
        nemesis.begin();
        if (storageNemesis != null) {
            storageNemesis.begin();
        }
        writeNext();
        barrierNext();
        cluster.run(stormNanos);
        nemesis.stop();
        if (storageNemesis != null) {
            storageNemesis.stop();
        }
        cluster.heal();
        cluster.requireRecovery(() -> clientsAreSilent = true);
    }

    private void writeNext() {
        long delay = (long) (-Math.log(1 - cluster.choices().nextDouble())
                * cluster.profile().writeEveryNanos());
        cluster.scheduler().in(delay, () -> {
            if (!clientsAreSilent) {
                SimNode at = cluster.anyNode();
                if (cluster.nextWriteIsRequested()) {
                    cluster.write(at);
                }
                writeNext();
            }
        });
    }

    private void barrierNext() {
        cluster.scheduler().in(cluster.choices().nextLong(100_000_000), () -> {
            if (!clientsAreSilent) {
                cluster.barrier(cluster.anyNode());
                barrierNext();
            }
        });
    }

    private static SimFailure explained(SimCluster cluster, String option, long seed, RuntimeException failure) {
        StringBuilder story = new StringBuilder(failure.toString());
        story.append("\nSeed ").append(seed).append(", ").append(cluster.profile());
        story.append("\nThe last that happened:\n");
        cluster.lastTraceLines().forEach(line -> story.append(line).append('\n'));
        story.append(failure)
                .append("\nTo see it again: bin/pando simulate ")
                .append(option)
                .append("--seeds 1 --from ")
                .append(seed);
        if (option.isEmpty()) {
            story.append("\nAs short as it gets: the same with --shrink");
        }
        SimFailure explained = new SimFailure(story.toString());
        explained.initCause(failure);
        return explained;
    }
}
