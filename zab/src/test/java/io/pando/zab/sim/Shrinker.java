package io.pando.zab.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes the story of a failure short: takes away what it fails without, in the same way (design: simulation.md section 9). First of
 * the faults and of the world, which explain most, then of the writes; by halves first, then one by one (Zeller and Hildebrandt,
 * Simplifying and isolating failure-inducing input, 2002). What is left is minimal in so far as no single fault and no single write
 * can be spared.
 */
final class Shrinker {
    private final Function<Reduction, String> failureOf;
    private final String violation;
    private Reduction reduction = Reduction.NONE;
    private int runs;

    /** @param failureOf plays the story; the failure that it meets, or an empty text */
    Shrinker(Function<Reduction, String> failureOf) {
        this.failureOf = failureOf;
        this.violation = violationOf(failureOf.apply(reduction));
        if (violation.isEmpty()) {
            throw new IllegalArgumentException("Nothing failed, so there is nothing to shrink");
        }
    }

    /** Where the story still fails. */
    Reduction shrink() {
        endAtWhatMatters(reduction::withFaults);
        endAtWhatMatters(reduction::withWrites);
        simplify();
        reduction = reduction.withFaults(fewest(reduction.faults(), reduction::withFaults));
        reduction = reduction.withWrites(fewest(reduction.writes(), reduction::withWrites));
        simplify();
        shortenStorm();
        return reduction;
    }

    /** How often the story was played. */
    int runs() {
        return runs;
    }

    /** What is violated: its number, or what is said of it without the figures, which differ from story to story. */
    static String violationOf(String failure) {
        String first = failure.lines().findFirst().orElse("").replaceFirst("^([a-zA-Z.]*SimFailure: )*", "");
        return first.matches("I\\d+: .*") ? first.substring(0, first.indexOf(':')) : first.replaceAll("[0-9].*", "");
    }

    private boolean fails(Reduction candidate) {
        runs++;
        return violationOf(failureOf.apply(candidate)).equals(violation);
    }

    private boolean keepIfItFails(Reduction candidate) {
        boolean fails = fails(candidate);
        if (fails) {
            reduction = candidate;
        }
        return fails;
    }

    private void simplify() {
        for (Simplification each : Simplification.values()) {
            if (!reduction.simplified().contains(each)) {
                keepIfItFails(reduction.with(each));
            }
        }
    }

    private void shortenStorm() {
        int stormMs = reduction.stormMs();
        while (stormMs > 1 && keepIfItFails(reduction.withStormMs(stormMs / 2))) {
            stormMs /= 2;
        }
    }

    /** There is a number beyond which nothing matters: behind the failure, nothing does. */
    private void endAtWhatMatters(Function<Chosen, Reduction> with) {
        int last = 1;
        while (!keepIfItFails(with.apply(Chosen.upTo(last)))) {
            last *= 2;
        }
    }

    private Chosen fewest(Chosen from, Function<Chosen, Reduction> with) {
        List<Integer> numbers = from.numbers();
        if (numbers == null) {
            return from;
        }
        Predicate<List<Integer>> isEnough = fewer -> fails(with.apply(new Chosen(List.copyOf(fewer))));
        for (int step = Math.max(1, numbers.size() / 2); step > 1; step /= 2) {
            numbers = sparing(numbers, step, isEnough);
        }
        List<Integer> before;
        do {
            before = numbers;
            numbers = sparing(numbers, 1, isEnough);
        } while (numbers.size() < before.size());
        return new Chosen(List.copyOf(numbers));
    }

    /** Without those stretches of this length that can be spared, of which the last are tried first: most come behind what matters. */
    private static List<Integer> sparing(List<Integer> numbers, int step, Predicate<List<Integer>> isEnough) {
        List<Integer> kept = numbers;
        for (int from = (numbers.size() - 1) / step * step; from >= 0; from -= step) {
            List<Integer> fewer = new ArrayList<>(kept.subList(0, from));
            fewer.addAll(kept.subList(Math.min(kept.size(), from + step), kept.size()));
            if (isEnough.test(fewer)) {
                kept = fewer;
            }
        }
        return kept;
    }
}
