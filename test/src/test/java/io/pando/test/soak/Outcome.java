package io.pando.test.soak;

import java.util.List;

/**
 * What a soak has found.
 *
 * @param flaws that a server died or took more memory than it may, or that a client that means well saw an error; empty if nothing of that happened
 * @param timesBusy how many times as long the slowest hundredth of the calls of those clients took under siege as on a machine whose processors are never idle; or as
 *     in calm, if they took longer then
 * @param others processors that strangers on this machine took meanwhile, on average, in calm, on the busy machine, or under siege, whichever is most
 */
record Outcome(List<String> flaws, double timesBusy, double others) {
    /** What is promised. */
    static final double MOST_TIMES_BUSY = 3;

    /** Above that the machine is too busy with other things for a judgement of how long calls take. */
    static final double MOST_OTHERS = 0.15;

    Verdict verdict() {
        if (!flaws.isEmpty()) return Verdict.VIOLATED;
        if (others > MOST_OTHERS) return Verdict.UNDECIDED; // before the siege they flatter, under siege they harm
        return timesBusy <= MOST_TIMES_BUSY ? Verdict.HELD : Verdict.TOO_SLOW;
    }

    /** Whether everything that was promised was kept. */
    enum Verdict {
        HELD(
                "held: no server died, memory stayed within bounds, and clients that mean well saw no error and were"
                        + " answered in time",
                0),
        VIOLATED("VIOLATED", 1),
        TOO_SLOW(
                "VIOLATED: the slowest hundredth of the calls took more than three times as long as on a busy machine",
                1),
        UNDECIDED(
                "undecided: others used this machine, so how long calls took says nothing; repeat it when they don't",
                3);

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
