/**
 * What a client and a server say to one another: the handshake, the requests, the replies and the watch events, as
 * immutable records that can read and write themselves. One record holds one message, for both ends: the server reads
 * a {@link io.pando.session.Request} and writes a {@link io.pando.session.Reply}, the client does the reverse. Nothing
 * here decides anything; a message that cannot be read is a
 * {@link io.pando.session.wire.MarshallingException}.
 */
@NullMarked
package io.pando.session;

import org.jspecify.annotations.NullMarked;
