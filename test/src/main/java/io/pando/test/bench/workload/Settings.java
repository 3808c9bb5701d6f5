package io.pando.test.bench.workload;

import java.time.Duration;
import java.util.List;

/**
 * The size of what is done.
 *
 * @param loads for the workloads that keep requests in flight; empty means each workload's own
 * @param warmUp before each round, not measured
 * @param time of each round
 * @param dataBytes of each znode
 * @param keys znodes among which reads and sets choose
 */
public record Settings(
        List<Load> loads,
        Duration warmUp,
        Duration time,
        int dataBytes,
        int keys,
        int watchers,
        int sessions,
        int znodes) {

    public Settings {
        loads = List.copyOf(loads);
        if (keys < Catalogue.OPERATIONS_OF_MULTI) {
            throw new IllegalArgumentException(
                    "At least " + Catalogue.OPERATIONS_OF_MULTI + " keys are needed, for the multi.");
        }
    }
}
