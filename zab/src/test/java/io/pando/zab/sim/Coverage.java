package io.pando.zab.sim;

import java.util.Map;
import java.util.TreeMap;

/** How often which situation was met: a budget of seeds is worth nothing if the interesting ones never occur. */
final class Coverage {
    private final TreeMap<String, Long> counts = new TreeMap<>();

    void count(String situation) {
        counts.merge(situation, 1L, Long::sum);
    }

    long of(String situation) {
        return counts.getOrDefault(situation, 0L);
    }

    void add(Coverage other) {
        other.counts.forEach((situation, count) -> counts.merge(situation, count, Long::sum));
    }

    Map<String, Long> counts() {
        return counts;
    }
}
