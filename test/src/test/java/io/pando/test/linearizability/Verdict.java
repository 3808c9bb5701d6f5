package io.pando.test.linearizability;

import java.util.List;

/** What the checker found out about a history. */
public sealed interface Verdict {
    /** There is an order. */
    record Linearizable() implements Verdict {}

    /** The time was over before one was found or all were excluded, which says nothing about the history. */
    record TimedOut(String key) implements Verdict {}

    /**
     * There is none.
     *
     * @param prefix the longest beginning of an order that was found
     * @param state the state behind it
     * @param stuck the operations that were under way there, none of which can come next
     */
    record NotLinearizable(String key, List<?> prefix, Object state, List<?> stuck) implements Verdict {
        private static final int SHOWN = 15;

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("No order of the operations on " + key + " explains the answers.\n"
                    + prefix.size() + " can be put in order, which end with\n");
            prefix.stream()
                    .skip(Math.max(0, prefix.size() - SHOWN))
                    .forEach(operation -> text.append("  ").append(operation).append('\n'));
            text.append("and lead to the state ").append(state).append(". None of these can come next:\n");
            stuck.forEach(operation -> text.append("  ").append(operation).append('\n'));
            return text.toString();
        }
    }
}
