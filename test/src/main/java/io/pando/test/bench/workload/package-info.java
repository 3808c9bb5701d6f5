/**
 * What is asked of the servers: each {@link io.pando.test.bench.workload.Case} prepares a server and measures rounds on it.
 *
 * <p>{@link io.pando.test.bench.workload.Catalogue} names them all.
 */
@NullMarked
package io.pando.test.bench.workload;

import org.jspecify.annotations.NullMarked;
