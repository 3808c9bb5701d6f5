package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** What somebody saw that must not be. Told by any thread; its monitor guards the list. */
final class Violations {
    private static final int ENOUGH = 20;

    private final List<String> seen = new ArrayList<>();

    synchronized void add(String what) {
        if (seen.size() < ENOUGH) seen.add(what);
    }

    synchronized void assertNone() {
        assertTrue(seen.isEmpty(), () -> String.join("\n", seen));
    }
}
