package io.pando.test.linearizability;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what clients do while they do it. Called by the threads of all clients; the monitor guards the list. */
public final class History<I, O> {
    private final List<Operation<I, O>> operations = new ArrayList<>();

    /** Takes note that a client calls now; how it ended is told to what comes back, once. */
    public Call call(String client, String key, I input) {
        return new Call(client, key, input, System.nanoTime());
    }

    /** A call under way. One that did surely not happen is not told any further. */
    public final class Call {
        private final String client;
        private final String key;
        private final I input;
        private final long calledNanos;

        private Call(String client, String key, I input, long calledNanos) {
            this.client = client;
            this.key = key;
            this.input = input;
            this.calledNanos = calledNanos;
        }

        public void returned(O output) {
            add(output, System.nanoTime());
        }

        /** The connection was lost, or the time was over. */
        public void isUnknown() {
            add(null, Operation.NEVER);
        }

        private void add(@Nullable O output, long returnedNanos) {
            synchronized (History.this) {
                operations.add(new Operation<>(client, key, input, output, calledNanos, returnedNanos));
            }
        }
    }

    public synchronized List<Operation<I, O>> operations() {
        return List.copyOf(operations);
    }
}
