package io.pando.zab.sim;

import java.util.Map;
import java.util.TreeMap;

/** How often which situation was met: a budget of seeds is worth nothing if the interesting ones never occur. */
public final class Coverage {
    private final TreeMap<String, Long> counts = new TreeMap<>();

    public void count(String situation) {
        counts.merge(situation, 1L, Long::sum);
    }

    public long of(String situation) {
        return counts.getOrDefault(situation, 0L);
    }

    public void add(Coverage other) {
        other.counts.forEach((situation, count) -> counts.merge(situation, count, Long::sum));
    }

    public Map<String, Long> counts() {
        return counts;
    }
}
