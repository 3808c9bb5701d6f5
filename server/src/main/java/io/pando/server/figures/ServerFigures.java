package io.pando.server.figures;

import java.util.concurrent.atomic.LongAdder;

/** What one server has done for all its clients. Any thread. */
public final class ServerFigures {
    private final LongAdder packetsReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder packetsSent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder connectionsRejected = new LongAdder();
    private final LongAdder authenticationsFailed = new LongAdder();
    private final LongAdder sessionsExpired = new LongAdder();
    private final LongAdder snapshots = new LongAdder();
    private final Distribution latencyNanos = new Distribution();
    private final Distribution readLatencyNanos = new Distribution();
    private final Distribution writeLatencyNanos = new Distribution();
    private final Distribution replyBytes = new Distribution();
    private final Distribution syncNanos = new Distribution();
    private volatile long lastReplyBytes; // written by event loops, read by whoever asks; any of the latest will do

    /** A whole frame arrived. */
    public void received(int bytes) {
        packetsReceived.increment();
        bytesReceived.add(bytes);
    }

    /** A whole frame, reply or event, was handed to the network. */
    public void sent(int bytes) {
        packetsSent.increment();
        bytesSent.add(bytes);
    }

    /** A read was answered with a frame of so many bytes, so long after its request had arrived. */
    public void answeredRead(long nanos, int bytes) {
        readLatencyNanos.record(nanos);
        answered(nanos, bytes);
    }

    /** The same of a write. */
    public void answeredWrite(long nanos, int bytes) {
        writeLatencyNanos.record(nanos);
        answered(nanos, bytes);
    }

    private void answered(long nanos, int bytes) {
        latencyNanos.record(nanos);
        replyBytes.record(bytes);
        lastReplyBytes = bytes;
    }

    public void handshake() {
        handshakes.increment();
    }

    public void connectionRejected() {
        connectionsRejected.increment();
    }

    public void authenticationFailed() {
        authenticationsFailed.increment();
    }

    public void sessionExpired() {
        sessionsExpired.increment();
    }

    public void snapshotTaken() {
        snapshots.increment();
    }

    /** A batch of the log took so long to get to the disk. */
    public void synced(long nanos) {
        syncNanos.record(nanos);
    }

    /** What {@code srst} starts anew: packets and latencies. Bytes, failures and the like go on counting. */
    public void reset() {
        packetsReceived.reset();
        packetsSent.reset();
        latencyNanos.reset();
        readLatencyNanos.reset();
        writeLatencyNanos.reset();
        replyBytes.reset();
        lastReplyBytes = 0;
    }

    public long packetsReceived() {
        return packetsReceived.sum();
    }

    public long bytesReceived() {
        return bytesReceived.sum();
    }

    public long packetsSent() {
        return packetsSent.sum();
    }

    public long bytesSent() {
        return bytesSent.sum();
    }

    public long handshakes() {
        return handshakes.sum();
    }

    public long connectionsRejected() {
        return connectionsRejected.sum();
    }

    public long authenticationsFailed() {
        return authenticationsFailed.sum();
    }

    public long sessionsExpired() {
        return sessionsExpired.sum();
    }

    public long snapshots() {
        return snapshots.sum();
    }

    public long lastReplyBytes() {
        return lastReplyBytes;
    }

    public Distribution latencyNanos() {
        return latencyNanos;
    }

    public Distribution readLatencyNanos() {
        return readLatencyNanos;
    }

    public Distribution writeLatencyNanos() {
        return writeLatencyNanos;
    }

    public Distribution replyBytes() {
        return replyBytes;
    }

    public Distribution syncNanos() {
        return syncNanos;
    }
}
