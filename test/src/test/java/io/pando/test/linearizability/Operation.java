package io.pando.test.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * One call of a client and how it ended.
 *
 * @param key operations of different keys have nothing to do with each other
 * @param output null if nobody knows: then it took effect at any time after the call, or never
 * @param returnedNanos {@link #NEVER} without an output
 */
public record Operation<I, O>(
        String client, String key, I input, @Nullable O output, long calledNanos, long returnedNanos) {
    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        if (returnedNanos < calledNanos) throw new IllegalArgumentException("It returns before it is called: " + input);
        if ((output == null) != (returnedNanos == NEVER)) {
            throw new IllegalArgumentException("An operation returns if and only if its output is known: " + input);
        }
    }

    boolean isKnown() {
        return output != null;
    }

    @Override
    public String toString() {
        String end = isKnown() ? output + " at " + returnedNanos : "unknown";
        return client + ": " + input + " -> " + end + ", called at " + calledNanos;
    }
}
