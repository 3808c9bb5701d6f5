/**
 * The load generator: many connections to a server driven by one thread, cheap enough not to be what is measured.
 *
 * <p>Requests are encoded once ({@link io.pando.test.bench.load.Frame}) and only their xid and the digits of their paths
 * written anew; of a reply only length, xid and error are looked at. {@link io.pando.test.bench.load.LoadLoop} reads and
 * writes, a {@link io.pando.test.bench.load.Conversation} decides what to say, and a
 * {@link io.pando.test.bench.load.Tally} notes what came back and when. It shares no code with the server, so that a
 * mistake there can't cancel itself out here.
 */
@NullMarked
package io.pando.test.bench.load;

import org.jspecify.annotations.NullMarked;
