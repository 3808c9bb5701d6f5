package io.pando.test.bench;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.Machine;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Measures cases on servers round by round, each server in turn within a round, so that what changes with time changes for
 * all. Only one is loaded at any moment; the others are idle.
 *
 * <p>A round is quiet if the machine was idle before it and nobody else was busy during it; one that isn't is repeated, and kept
 * with a mark if it stays so.
 */
final class Rounds {
    /** Above it a round isn't quiet. */
    static final double OTHERS_CORES_ALLOWED = 0.15;

    private static final Duration PATIENCE_FOR_IDLENESS = Duration.ofSeconds(5);

    private final Contenders contenders;
    private final OptionalInt rounds;
    private final int repeats;
    private final Progress progress;
    private final Machine machine = new Machine();
    private final Results results;

    /**
     * {@code rounds}: empty leaves it to each case. {@code repeats}: how often a round that wasn't quiet is tried again.
     */
    Rounds(Contenders contenders, OptionalInt rounds, int repeats, Progress progress) {
        this(contenders, rounds, repeats, progress, new Results());
    }

    /** Adds to {@code results}. */
    Rounds(Contenders contenders, OptionalInt rounds, int repeats, Progress progress, Results results) {
        this.contenders = contenders;
        this.rounds = rounds;
        this.repeats = repeats;
        this.progress = progress;
        this.results = results;
    }

    Results run(List<Case> cases) {
        for (var measured : cases) {
            try {
                run(measured);
            } catch (LoadException e) {
                results.addFailure(measured.workload() + " " + measured.load() + ": " + e.getMessage());
                progress.say("  failed: " + e.getMessage());
            }
        }
        return results;
    }

    private void run(Case measured) {
        progress.say(measured.workload() + " " + measured.load());
        if (measured.wantsFreshServer()) {
            contenders.eachFresh(measured.serverSettings(), target -> runAllRounds(measured, List.of(target)));
        } else {
            runAllRounds(measured, contenders.lasting());
        }
    }

    private void runAllRounds(Case measured, List<Target> targets) {
        for (var target : targets) {
            keep(measured, target, watched(() -> measured.prepare(target)));
        }
        var order = new ArrayList<>(targets);
        for (int round = 0; round < rounds.orElse(measured.rounds()); round++) {
            order.forEach(target -> keep(measured, target, quietRound(measured, target)));
            Collections.rotate(order, 1);
        }
        targets.forEach(measured::cleanUp);
    }

    private Observed quietRound(Case measured, Target target) {
        var observed = watched(() -> measured.round(target));
        for (int i = 0; i < repeats && !observed.quiet(); i++) {
            progress.say("  " + target.name() + ": not quiet, once more");
            observed = watched(() -> measured.round(target));
        }
        return observed;
    }

    private Observed watched(Work work) {
        boolean idleBefore = machine.awaitIdle(OTHERS_CORES_ALLOWED, PATIENCE_FOR_IDLENESS);
        var watch = machine.watch(contenders::pids);
        var figures = work.run();
        return new Observed(figures, idleBefore, watch.othersCores());
    }

    private void keep(Case measured, Target target, Observed observed) {
        for (var figure : observed.figures()) {
            results.add(measured, target.name(), figure, observed.othersCores(), observed.quiet());
            progress.say("  %s: %s".formatted(target.name(), Table.inWords(figure)));
        }
    }

    private record Observed(List<Figure> figures, boolean idleBefore, OptionalDouble othersCores) {
        boolean quiet() {
            return idleBefore && othersCores.orElse(0) <= OTHERS_CORES_ALLOWED;
        }
    }

    @FunctionalInterface
    private interface Work {
        List<Figure> run();
    }

    /** Tells somebody who waits how far it is. */
    @FunctionalInterface
    interface Progress {
        void say(String line);
    }
}
