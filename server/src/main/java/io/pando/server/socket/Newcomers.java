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
}
