package io.pando.zab.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long after each, up to a limit, and by chance not the same everywhere. */
final class Backoff {
    private static final double JITTER = 0.25;
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final RandomGenerator chance;
    private Duration most;
    private int attempts;

    Backoff(Duration first, Duration most, RandomGenerator chance) {
        this.first = first;
        this.most = most;
        this.chance = chance;
    }

    void limitTo(Duration other) {
        most = other;
    }

    void reset() {
        attempts = 0;
    }

    long nextMs() {
        long doubled = first.toMillis() << Math.min(attempts, MOST_DOUBLINGS);
        attempts++;
        long wait = Math.min(doubled, most.toMillis());
        return Math.max(1, Math.round(wait * (1 + JITTER * (2 * chance.nextDouble() - 1))));
    }
}
