package io.pando.test.znodes;

import java.util.ArrayList;
import java.util.List;

/** What somebody saw that must not be. Told by any thread; its monitor guards the list. */
public final class Violations {
    private static final int ENOUGH = 20;

    private final int most;
    private final List<String> seen = new ArrayList<>();

    public Violations() {
        this(ENOUGH);
    }

    /** Remembers only the first so many. */
    public Violations(int most) {
        this.most = most;
    }

    public synchronized void add(String what) {
        if (seen.size() < most) seen.add(what);
    }

    public synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    public synchronized void assertNone() {
        if (!seen.isEmpty()) throw new AssertionError(String.join("\n", seen));
    }
}
