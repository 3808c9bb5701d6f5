package io.pando.recipes.ids;

/**
 * Numbers that belong to whoever got them.
 *
 * @param first the lowest
 * @param count how many there are, at least 1
 */
public record IdRange(long first, long count) {
    public IdRange {
        if (count < 1) {
            throw new IllegalArgumentException("A range of " + count + " ids; it has to have 1 at least");
        }
    }

    /** The highest. */
    public long last() {
        return first + count - 1;
    }
}
