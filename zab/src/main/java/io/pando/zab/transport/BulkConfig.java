package io.pando.zab.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How one server gives and takes snapshots. {@link #of} has the defaults.
 *
 * @param listen where others ask for snapshots; port 0 for any that is free
 * @param handshakeTimeout also for the connection before it
 * @param progressTimeout a transfer without a single good byte for that long has failed; how long it takes in total is no matter
 * @param bytesPerSecond that are given away at most, to all others together; 0 for no limit
 */
public record BulkConfig(
        InetSocketAddress listen, Duration handshakeTimeout, Duration progressTimeout, long bytesPerSecond) {

    public static BulkConfig of(InetSocketAddress listen) {
        return new BulkConfig(listen, Duration.ofSeconds(1), Duration.ofSeconds(10), 0);
    }

    public BulkConfig withProgressTimeout(Duration value) {
        return new BulkConfig(listen, handshakeTimeout, value, bytesPerSecond);
    }

    public BulkConfig withBytesPerSecond(long value) {
        return new BulkConfig(listen, handshakeTimeout, progressTimeout, value);
    }
}
