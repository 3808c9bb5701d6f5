package io.pando.recipes.discovery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which instances have failed lately, by what their callers report. Guarded by its monitor, since any thread reports and asks. */
final class Errors {
    private final DownPolicy policy;
    private final LongSupplier nanoTime;
    private final Map<String, Deque<Long>> byId = new HashMap<>();

    Errors(DownPolicy policy, LongSupplier nanoTime) {
        this.policy = policy;
        this.nanoTime = nanoTime;
    }

    synchronized void note(String id) {
        forgetOld();
        byId.computeIfAbsent(id, none -> new ArrayDeque<>()).add(nanoTime.getAsLong());
    }

    synchronized boolean isDown(String id) {
        forgetOld();
        Deque<Long> errors = byId.get(id);
        return errors != null && errors.size() >= policy.errors();
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        byId.values()
                .forEach(errors ->
                        errors.removeIf(at -> now - at >= policy.within().toNanos()));
        byId.values().removeIf(Deque::isEmpty);
    }
}
