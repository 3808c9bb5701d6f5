package io.pando.server.socket;

import java.net.InetSocketAddress;

/** The client port can't be opened. */
public final class PortUnavailableException extends Exception {
    PortUnavailableException(InetSocketAddress address, Throwable cause) {
        super(
                "Can't listen for clients on " + address.getHostString() + ":" + address.getPort() + " ("
                        + cause.getMessage()
                        + "); is another server running there? Set clientPort or clientPortAddress.",
                cause);
    }
}
