package io.pando.test.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often which error code came back. */
public record Errors(Map<Integer, Long> countByCode) {
    public static final Errors NONE = new Errors(Map.of());

    public Errors {
        countByCode = Map.copyOf(countByCode);
    }

    public Errors plus(Errors other) {
        var sum = new TreeMap<>(countByCode);
        other.countByCode.forEach((code, count) -> sum.merge(code, count, Long::sum));
        return new Errors(sum);
    }

    public boolean isEmpty() {
        return countByCode.isEmpty();
    }

    /** Such as {@code 17 x -101, 2 x -110}. */
    @Override
    public String toString() {
        return new TreeMap<>(countByCode)
                .entrySet().stream().map(e -> e.getValue() + " x " + e.getKey()).collect(Collectors.joining(", "));
    }
}
