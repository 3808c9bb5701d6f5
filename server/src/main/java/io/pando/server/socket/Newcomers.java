package io.pando.server.socket;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Decides about those who connect. */
@FunctionalInterface
public interface Newcomers {
    /**
     * Who listens to the socket of a client that has just connected; null if it may not stay, and is hung up on. Event loop of the socket.
     *
     * @param remote where the client is
     */
    ClientSocket.@Nullable Listener admit(ClientSocket socket, InetSocketAddress remote);

    /** Somebody had to be hung up on at once: the system lets this server have no more files open. Event loop of the listening socket. */
    default void turnedAway(InetSocketAddress remote) {}
}
