package io.pando.client.connection;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long after each that failed, up to a bound, and always by chance between
 * half of that and all of it, so that clients that lost their server together do not return together.
 *
 * @param firstMs before the first attempt after a connection was lost, at least 1
 * @param mostMs the bound
 */
public record Backoff(long firstMs, long mostMs) {
    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (firstMs < 1 || mostMs < firstMs) {
            throw new IllegalArgumentException("A backoff from " + firstMs + " to " + mostMs
                    + " ms; it starts at 1 ms or more and does not shrink");
        }
    }

    /** @param failures how many attempts have failed since the last that did not */
    long delayMs(int failures, RandomGenerator chance) {
        long whole = Math.min(mostMs, firstMs << Math.min(failures, MOST_DOUBLINGS));
        return whole < 0 ? mostMs : whole / 2 + chance.nextLong(whole - whole / 2 + 1);
    }
}
