/**
 * Clients' sockets, and the threads that wait for them: bytes come in, bytes go out. What they mean is the business of
 * {@code connection}.
 */
@NullMarked
package io.pando.server.socket;

import org.jspecify.annotations.NullMarked;
