/**
 * A session with the ensemble, kept across connections. {@link io.pando.client.connection.SessionKeeper} takes what callers
 * want, {@code SessionLife} decides, {@code HeldSession} is how the client stands with its session, {@code Search} and its
 * {@code Dialer} find a server, {@code Link} is one connection to it, {@code Requests} keeps what is asked until it is answered.
 * All of it lives on one event loop per session. Paths are the server's here: what a chroot means is known further up.
 */
@NullMarked
package io.pando.client.connection;

import org.jspecify.annotations.NullMarked;
