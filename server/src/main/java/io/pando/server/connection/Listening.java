package io.pando.server.connection;

import java.net.InetSocketAddress;

/**
 * How the client port is opened.
 *
 * @param backlog connections that may wait to be accepted; 0 or less leaves it to the system
 * @param maxConnections in all; 0 means no limit
 * @param maxConnectionsPerAddress from one address; 0 means no limit
 * @param longMultiPartsPerSecond of all servers of the ensemble together; 0 means no limit
 */
public record Listening(
        InetSocketAddress address,
        int backlog,
        boolean tcpKeepAlive,
        int maxConnections,
        int maxConnectionsPerAddress,
        int longMultiPartsPerSecond,
        ConnectionRules rules) {}
