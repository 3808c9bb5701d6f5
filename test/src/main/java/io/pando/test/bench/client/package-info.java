/**
 * Client libraries under load: ours, Apache ZooKeeper's and Curator, each in a JVM of its own against the same server.
 *
 * <p>The bench holds a {@link io.pando.test.bench.client.ClientTarget} for each {@link
 * io.pando.test.bench.client.ClientLibrary}; a round starts a {@link io.pando.test.bench.client.Worker} with nothing but that
 * library's jars, which works through a {@link io.pando.test.bench.client.ClientUnderTest} and says its {@link
 * io.pando.test.bench.client.Findings} on standard output.
 */
@NullMarked
package io.pando.test.bench.client;

import org.jspecify.annotations.NullMarked;
