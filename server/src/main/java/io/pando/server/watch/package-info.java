/**
 * Who wants to be told of what: the watches of this server's connections, and the published root they are told about.
 *
 * <p>{@link io.pando.server.watch.Publication} is where the core thread and the event loops meet; everything else here is
 * guarded by it. Source: {@code wire-protocol.md} section 16.
 */
@NullMarked
package io.pando.server.watch;

import org.jspecify.annotations.NullMarked;
