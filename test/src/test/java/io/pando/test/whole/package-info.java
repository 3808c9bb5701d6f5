/**
 * Whole servers in one thread, from one seed: everything of production but sockets, threads and disks runs here, with clients that keep
 * account of what they are told.
 *
 * <p>{@link io.pando.test.whole.World} is where time passes; {@link io.pando.test.whole.SimServer} is a server with what it runs on, from a
 * start to a crash; {@link io.pando.test.whole.SimClient} speaks the protocol of clients. What is right is decided by the
 * {@link io.pando.test.whole.Oracle}, from the log that the servers have committed. Design: simulation.md section 8.1.
 */
@NullMarked
package io.pando.test.whole;

import org.jspecify.annotations.NullMarked;
