/**
 * {@code bin/pando bench}: how fast a server is, and how it compares with Apache ZooKeeper on the same machine.
 *
 * <p>{@link io.pando.test.bench.Main} reads the command line, {@link io.pando.test.bench.Rounds} measures each case of
 * {@code workload} on each server of {@code target} with the generator of {@code load}, {@link io.pando.test.bench.Results}
 * keeps what came out, and {@link io.pando.test.bench.Table} and {@link io.pando.test.bench.Json} show it.
 */
@NullMarked
package io.pando.test.bench;

import org.jspecify.annotations.NullMarked;
