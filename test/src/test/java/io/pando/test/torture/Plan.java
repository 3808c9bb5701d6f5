package io.pando.test.torture;

import io.pando.test.harness.Target;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to do, and to whom.
 *
 * @param seed decides the faults and what clients choose to do
 * @param duration how long faults happen; starting and judging come on top
 * @param folder where servers have their data, and everything else that is evidence
 */
record Plan(Target target, int servers, long seed, Duration duration, Broken broken, Path folder) {}
