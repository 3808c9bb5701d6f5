package io.pando.recipes.fencing;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets nobody act who comes with an older token than somebody before. For resources outside of the tree: what the resource remembers
 * has to live as long as the resource itself, and to be compared in the same step that acts. In a database that is a column and a
 * condition:
 *
 * <pre>{@code
 * UPDATE account SET balance = ?, fence = :token WHERE id = ? AND fence <= :token
 * }</pre>
 *
 * This class is the same in memory, for resources that live in this process. Used by any thread.
 */
public final class TokenGate {
    private final AtomicLong highest;

    /** A gate that nobody has passed. */
    public TokenGate() {
        this(0);
    }

    /**
     * A gate that is as it was.
     *
     * @param highest what {@link #highest()} was
     */
    public TokenGate(long highest) {
        this.highest = new AtomicLong(highest);
    }

    /**
     * Whether whoever has this token may act. Only what is done in the same step as this, under one lock with it, is safe from those
     * who come later.
     *
     * @param number of the token
     */
    public boolean admits(long number) {
        return highest.accumulateAndGet(number, Math::max) == number;
    }

    /** The highest number that was seen; 0 if there was none. */
    public long highest() {
        return highest.get();
    }
}
