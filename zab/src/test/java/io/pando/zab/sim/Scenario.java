package io.pando.zab.sim;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A script of the shape "reach this state, then a fault, then that": random faults reach some states rarely (design: simulation.md
 * section 7). At the end everything is mended, and has to come right.
 *
 * @param name as in simulation.md, for the command line
 * @param story what happens, in a sentence
 */
record Scenario(String name, String story, Setting setting, Script script) {

    /** What happens. */
    @FunctionalInterface
    interface Script {
        void play(Stage stage);
    }

    static List<Scenario> all() {
        return Stream.of(LeaderScripts.ALL, SyncScripts.ALL, StorageScripts.ALL, DiskScripts.ALL, MembershipScripts.ALL)
                .flatMap(List::stream)
                .toList();
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No scenario " + name));
    }

    SimCluster cluster(long seed) {
        return new SimCluster(
                seed, Profile.drawnFrom(new SplittableRandom(seed)).in(setting));
    }

    void play(SimCluster cluster) {
        Stage stage = new Stage(cluster);
        script.play(stage);
        stage.end();
    }
}
