package io.pando.recipes.discovery;

import java.time.Duration;

/**
 * When an instance that is registered is not called for a while.
 *
 * @param errors so many reported ones
 * @param within so long a time
 */
public record DownPolicy(int errors, Duration within) {
    /** Two errors within half a minute. */
    public static final DownPolicy DEFAULT = new DownPolicy(2, Duration.ofSeconds(30));

    public DownPolicy {
        if (errors < 1 || within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(
                    errors + " errors within " + within + "; it has to be 1 within some time");
        }
    }
}
