/**
 * What a client and a server say to one another: frames, requests, replies and watch events as the wire has them, and the
 * time a session may stay silent. Client and server use the same records, from opposite ends.
 */
@NullMarked
package io.pando.session;

import org.jspecify.annotations.NullMarked;
