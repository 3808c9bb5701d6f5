package io.pando.zab.transport;

import io.pando.zab.message.FrameLimits;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How one server talks with the others. {@link #of} has the defaults; the {@code with} methods change one value each.
 *
 * @param serverId of this server
 * @param listen where higher ids dial; port 0 for any that is free
 * @param limits of what a peer may send
 * @param connectTimeout until an address counts as unreachable
 * @param handshakeTimeout for both greetings
 * @param unacknowledgedTimeout after which the kernel gives up a connection whose other end acknowledges nothing, where it can;
 *     about twice the time after which a follower misses its leader
 * @param firstRedial wait after a link is lost, doubled with every failure
 * @param maxRedial longest wait between two participants
 * @param maxRedialOfOthers longest wait where an observer is involved
 * @param maxUnsentBytes waiting to be sent on one link; a peer that lets more pile up is given up
 */
public record TransportConfig(
        long serverId,
        InetSocketAddress listen,
        FrameLimits limits,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration unacknowledgedTimeout,
        Duration firstRedial,
        Duration maxRedial,
        Duration maxRedialOfOthers,
        long maxUnsentBytes) {

    // Beside a frame: what a leader sends to a learner without having heard of it, twice.
    private static final long UNSENT_BYTES = 16 * 1024 * 1024;

    public TransportConfig {
        if (maxUnsentBytes < limits.maxFrameBytes()) {
            throw new IllegalArgumentException(
                    "maxUnsentBytes is " + maxUnsentBytes + ", less than one frame of " + limits.maxFrameBytes());
        }
    }

    /** The defaults, for servers that share a local network. */
    public static TransportConfig of(long serverId, InetSocketAddress listen) {
        return of(serverId, listen, FrameLimits.DEFAULT);
    }

    /** The same, with other limits, and as much more that may wait to be sent. */
    public static TransportConfig of(long serverId, InetSocketAddress listen, FrameLimits limits) {
        return new TransportConfig(
                serverId,
                listen,
                limits,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(1200),
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                limits.maxFrameBytes() + UNSENT_BYTES);
    }

    public TransportConfig withLimits(FrameLimits value) {
        return new TransportConfig(
                serverId,
                listen,
                value,
                connectTimeout,
                handshakeTimeout,
                unacknowledgedTimeout,
                firstRedial,
                maxRedial,
                maxRedialOfOthers,
                maxUnsentBytes);
    }

    public TransportConfig withUnacknowledgedTimeout(Duration value) {
        return new TransportConfig(
                serverId,
                listen,
                limits,
                connectTimeout,
                handshakeTimeout,
                value,
                firstRedial,
                maxRedial,
                maxRedialOfOthers,
                maxUnsentBytes);
    }

    public TransportConfig withHandshakeTimeout(Duration value) {
        return new TransportConfig(
                serverId,
                listen,
                limits,
                connectTimeout,
                value,
                unacknowledgedTimeout,
                firstRedial,
                maxRedial,
                maxRedialOfOthers,
                maxUnsentBytes);
    }

    public TransportConfig withMaxUnsentBytes(long value) {
        return new TransportConfig(
                serverId,
                listen,
                limits,
                connectTimeout,
                handshakeTimeout,
                unacknowledgedTimeout,
                firstRedial,
                maxRedial,
                maxRedialOfOthers,
                value);
    }
}
