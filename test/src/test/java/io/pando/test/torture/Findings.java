package io.pando.test.torture;

import io.pando.test.znodes.Violations;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found out.
 *
 * @param violations what must not be
 * @param undecided what could not be judged
 */
record Findings(Violations violations, Violations undecided) {
    private static final int MOST = 1_000;
    private static final int FIRST = 10;
    private static final int LAST = 5;

    Findings() {
        this(new Violations(MOST), new Violations(MOST));
    }

    boolean areViolations() {
        return !violations.seen().isEmpty();
    }

    Verdict verdict() {
        if (areViolations()) return Verdict.VIOLATED;
        return undecided.seen().isEmpty() ? Verdict.HELD : Verdict.UNDECIDED;
    }

    List<String> all() {
        return Stream.concat(violations.seen().stream(), undecided.seen().stream())
                .toList();
    }

    /** As much as fits on a screen: what was seen first, and what was found in the end. */
    List<String> summary() {
        List<String> all = all();
        if (all.size() <= FIRST + LAST) return all;
        String between = "... and " + (all.size() - FIRST - LAST) + " more, which are in findings.txt ...";
        return Stream.of(all.subList(0, FIRST), List.of(between), all.subList(all.size() - LAST, all.size()))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether everything that was promised was kept. */
    enum Verdict {
        HELD("held: nothing was seen that must not be", 0),
        VIOLATED("VIOLATED", 1),
        UNDECIDED("undecided: nothing wrong was found, but not everything could be judged in time", 3);

        private final String text;
        private final int exitCode;

        Verdict(String text, int exitCode) {
            this.text = text;
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
