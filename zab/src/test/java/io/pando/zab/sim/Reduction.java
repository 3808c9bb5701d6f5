package io.pando.zab.sim;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What of a seed's story is told: all of it, or what {@link Shrinker} has found to be enough.
 *
 * @param stormMs how long faults go on before all is mended
 * @param faults that strike, of those that are drawn
 * @param writes that are requested, of those that are drawn
 */
record Reduction(int stormMs, Chosen faults, Chosen writes, Set<Simplification> simplified) {
    static final Reduction NONE = new Reduction(6_000, Chosen.ALL, Chosen.ALL, Set.of());

    Reduction {
        simplified = Set.copyOf(simplified);
    }

    /** As {@link #toString} puts it. */
    static Reduction parse(String text) {
        Reduction reduction = NONE;
        for (String part : text.strip().split(" +", -1)) {
            String value = part.substring(part.indexOf('=') + 1);
            try {
                reduction = switch (part.substring(0, part.length() - value.length())) {
                    case "storm-ms=" -> reduction.withStormMs(Integer.parseInt(value));
                    case "faults=" -> reduction.withFaults(Chosen.parse(value));
                    case "writes=" -> reduction.withWrites(Chosen.parse(value));
                    case "" -> reduction.with(Simplification.valueOf(value));
                    default -> throw new IllegalArgumentException("no such part");
                };
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + part + "' is no part of a reduced story; it looks like \"" + NONE
                                + "\", followed by any of " + EnumSet.allOf(Simplification.class),
                        e);
            }
        }
        return reduction;
    }

    Reduction withStormMs(int value) {
        return new Reduction(value, faults, writes, simplified);
    }

    Reduction withFaults(Chosen value) {
        return new Reduction(stormMs, value, writes, simplified);
    }

    Reduction withWrites(Chosen value) {
        return new Reduction(stormMs, faults, value, simplified);
    }

    Reduction with(Simplification one) {
        Set<Simplification> more = EnumSet.of(one);
        more.addAll(simplified);
        return new Reduction(stormMs, faults, writes, more);
    }

    /** What decides between events that are due at the same time. */
    RandomGenerator order(RandomGenerator drawn) {
        return simplified.contains(Simplification.OLDEST_FIRST) ? () -> 0 : drawn;
    }

    @Override
    public String toString() {
        String plainer = simplified.stream().sorted().map(each -> " " + each).collect(Collectors.joining());
        return "storm-ms=" + stormMs + " faults=" + faults + " writes=" + writes + plainer;
    }
}
