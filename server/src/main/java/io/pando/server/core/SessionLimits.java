package io.pando.server.core;

/**
 * What sessions may ask for.
 *
 * @param tickMs granularity of expiry: a session ends between its timeout and one tick later
 * @param minTimeoutMs shorter wishes are raised to this
 * @param maxTimeoutMs longer wishes are lowered to this
 */
public record SessionLimits(int tickMs, int minTimeoutMs, int maxTimeoutMs) {

    /** What a client gets that wishes for this timeout, in milliseconds. */
    int negotiated(int wishedMs) {
        return Math.max(minTimeoutMs, Math.min(maxTimeoutMs, wishedMs));
    }
}
