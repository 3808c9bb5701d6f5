package io.pando.zab.sim;

/** One seed: faults and writes for a while, then everything is mended and must come right. */
final class Simulation {
    private static final long STORM_NANOS = 6_000_000_000L;

    private final SimCluster cluster;
    private final Nemesis nemesis;
    private boolean clientsAreSilent;

    private Simulation(long seed) {
        this.cluster = new SimCluster(seed);
        this.nemesis = new Nemesis(cluster);
    }

    /** What is known of a run that went well. */
    record Outcome(Coverage coverage, long traceHash, long steps) {}

    /** @throws SimFailure if something that must hold did not; it says how to see it again */
    static Outcome run(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run();
        } catch (RuntimeException failure) {
            throw simulation.explained(seed, failure);
        }
        return new Outcome(
                simulation.cluster.coverage(),
                simulation.cluster.traceHash(),
                simulation.cluster.scheduler().steps());
    }

    private void run() {
        cluster.startAll();
        nemesis.begin();
        writeNext();
        barrierNext();
        cluster.run(STORM_NANOS);
        nemesis.stop();
        cluster.heal();
        cluster.requireRecovery(() -> clientsAreSilent = true);
    }

    private void writeNext() {
        long delay = (long) (-Math.log(1 - cluster.choices().nextDouble())
                * cluster.profile().writeEveryNanos());
        cluster.scheduler().in(delay, () -> {
            if (!clientsAreSilent) {
                cluster.write(cluster.anyNode());
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

    private SimFailure explained(long seed, RuntimeException failure) {
        StringBuilder story = new StringBuilder(failure.toString());
        story.append("\nSeed ").append(seed).append(", ").append(cluster.profile());
        story.append("\nThe last that happened:\n");
        cluster.lastTraceLines().forEach(line -> story.append(line).append('\n'));
        story.append(failure)
                .append("\nTo see it again: bin/pando simulate --seeds 1 --from ")
                .append(seed);
        SimFailure explained = new SimFailure(story.toString());
        explained.initCause(failure);
        return explained;
    }
}
