package io.pando.server.socket;

import io.pando.zab.transport.Sockets;
import java.net.InetSocketAddress;

/** The socket that clients connect to. */
public sealed interface ListeningSocket permits ChannelPort, EpollPort {
    /**
     * Of each client, in the memory of the system, which else takes some megabytes of long replies in, and the time of an event loop to copy them, for clients
     * that read none of it.
     */
    int SEND_BUFFER_BYTES = 128 * 1024;

    /**
     * Listens from now on.
     *
     * @param loops serve those who connect
     * @param address its port may be 0, for any that is free
     * @param backlog connections that may wait to be accepted; 0 or less leaves it to the system
     * @throws PortUnavailableException if the address can't be had
     */
    static ListeningSocket open(
            ClientLoops loops, InetSocketAddress address, int backlog, boolean tcpKeepAlive, Newcomers newcomers)
            throws PortUnavailableException {
        return Sockets.EPOLL
                ? EpollPort.open(loops, address, backlog, tcpKeepAlive, newcomers)
                : ChannelPort.open(loops, address, backlog, tcpKeepAlive, newcomers);
    }

    /** Where it listens: with the real port where any was asked for. */
    InetSocketAddress address();

    /** Nobody can connect any more. Those who have stay. */
    void close();
}
