package io.pando.server.core;

import io.pando.datatree.Tree;
import java.util.List;

/**
 * Finds containers and TTL znodes whose time has come: childless, and used up or untouched for too long. They are deleted by
 * ordinary transactions. Core thread.
 */
final class Reaper {
    private final ReaperConfig config;
    private long nextRunMs;

    Reaper(ReaperConfig config, long nowMs) {
        this.config = config;
        this.nextRunMs = nowMs + config.intervalMs();
    }

    /** The paths to delete now: none before the next run is due, and at most so many per run. */
    List<String> due(Tree tree, long monotonicMs, long wallClockMs) {
        if (monotonicMs < nextRunMs) {
            return List.of();
        }
        nextRunMs = monotonicMs + config.intervalMs();
        return tree.reapable(wallClockMs, config.neverUsedMs(), config.perRun());
    }
}
