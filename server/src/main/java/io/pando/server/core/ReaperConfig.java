package io.pando.server.core;

/**
 * How containers and TTL znodes are reaped.
 *
 * @param intervalMs time between two runs
 * @param maxPerMinute how many znodes a minute may be deleted, at least one a run
 * @param neverUsedMs a container that never had a child goes after this time; 0 keeps it for ever
 */
public record ReaperConfig(long intervalMs, int maxPerMinute, long neverUsedMs) {
    int perRun() {
        long share = maxPerMinute * intervalMs / 60_000;
        return (int) Math.max(1, Math.min(maxPerMinute, share));
    }
}
