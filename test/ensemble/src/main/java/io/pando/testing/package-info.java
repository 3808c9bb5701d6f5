/**
 * Servers inside the JVM of a test, with faults that the test orders: {@link io.pando.testing.TestEnsemble}.
 *
 * <p>The flow: every connection, of clients and between servers, goes through a {@code Relay} of the server it leads to, which asks
 * {@code Links} whether anything passes. A {@code TestServer} runs the real server behind its relays, so that its addresses outlive it.
 * {@code Agreement} looks at all servers and says what the ensemble has come to; what blocks waits for that with {@code Patience}.
 */
@NullMarked
package io.pando.testing;

import org.jspecify.annotations.NullMarked;
