package io.pando.recipes.fencing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each thread holds, so that who holds a lock may acquire it once more. For recipes. Used by any thread, each for itself. */
public final class ByThread {
    private final Map<Thread, Held> held = new ConcurrentHashMap<>();

    /** One more handle on what this thread holds; empty if it holds nothing, or what it held is over. */
    public Optional<Held> again() {
        Held mine = held.get(Thread.currentThread());
        return mine == null ? Optional.empty() : mine.more();
    }

    /** What this thread holds. */
    public Optional<Held> mine() {
        return Optional.ofNullable(held.get(Thread.currentThread())).filter(mine -> !mine.isOver());
    }

    /** Notes that this thread holds it, until it ends. */
    public Held keep(Held acquired) {
        Thread owner = Thread.currentThread();
        held.put(owner, acquired);
        acquired.ended().thenRun(() -> held.remove(owner, acquired));
        return acquired;
    }
}
