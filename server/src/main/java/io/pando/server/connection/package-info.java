/**
 * Clients' connections: accepting them, taking requests in, answering reads on the spot, and writing out what the core has
 * for them. Everything here runs on the connection's event loop unless it says otherwise.
 *
 * <p>Source: {@code wire-protocol.md} sections 1, 5, 7, 17 and 20.
 */
@NullMarked
package io.pando.server.connection;

import org.jspecify.annotations.NullMarked;
