package io.pando.test.bench.workload;

import io.pando.test.bench.target.Target;
import java.util.List;
import java.util.Map;

/** One line of work, measured in rounds on each server in turn; it remembers nothing about them between two calls. */
public interface Case {
    String workload();

    /** How hard or how much: {@code 8x32}, {@code 1,000 watchers}. */
    String load();

    /** Whether it must not meet what other cases left, nor leave anything to them. */
    default boolean wantsFreshServer() {
        return false;
    }

    /** What a fresh server is told besides the usual, by names that both kinds of server know. */
    default Map<String, String> serverSettings() {
        return Map.of();
    }

    /** How many unless a number is wished. */
    default int rounds() {
        return 5;
    }

    /** Once per server, before its first round; what it took may be figures already. */
    default List<Figure> prepare(Target target) {
        return List.of();
    }

    List<Figure> round(Target target);

    /** Once per server, after its last round: removes the znodes that are still there. */
    default void cleanUp(Target target) {}
}
