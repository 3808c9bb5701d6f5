package io.pando.server.figures;

import java.util.concurrent.atomic.AtomicLong;
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
    private final LongAdder digestMismatches = new LongAdder();
    private final Distribution latencyNanos = new Distribution();
    private final Distribution readLatencyNanos = new Distribution();
    private final Distribution writeLatencyNanos = new Distribution();
    private final Distribution replyBytes = new Distribution();
    private final Distribution proposalBytes = new Distribution();
    private volatile long lastProposalBytes; // written by the core thread
    private final AtomicLong lastReplyBytes = new AtomicLong(); // written by all event loops: any of the latest will do

    /** What one connection did in one turn of its event loop. */
    void add(Turn turn) {
        if (turn.received > 0) {
            packetsReceived.add(turn.received);
            bytesReceived.add(turn.receivedBytes);
        }
        if (turn.answered > 0) {
            readLatencyNanos.add(turn.readNanos);
            writeLatencyNanos.add(turn.writeNanos);
            latencyNanos.add(turn.readNanos);
            latencyNanos.add(turn.writeNanos);
        }
        if (turn.sent > 0) {
            packetsSent.add(turn.sent);
            bytesSent.add(turn.sentBytes);
            replyBytes.add(turn.replyBytes);
            lastReplyBytes.setOpaque(turn.lastReplyBytes);
        }
    }

    /** A leader's transaction, as it goes to the log and to the other servers. Core thread. */
    public void proposed(int lengthBytes) {
        proposalBytes.record(lengthBytes);
        lastProposalBytes = lengthBytes;
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

    /** This server's tree and another's were found to differ. */
    public void digestMismatch() {
        digestMismatches.increment();
    }

    /** What {@code srst} starts anew: packets and latencies. Bytes, failures and the like go on counting. */
    public void reset() {
        packetsReceived.reset();
        packetsSent.reset();
        latencyNanos.reset();
        readLatencyNanos.reset();
        writeLatencyNanos.reset();
        replyBytes.reset();
        lastReplyBytes.setOpaque(0);
        proposalBytes.reset();
        lastProposalBytes = 0;
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

    public long digestMismatches() {
        return digestMismatches.sum();
    }

    public long lastReplyBytes() {
        return lastReplyBytes.getOpaque();
    }

    public long lastProposalBytes() {
        return lastProposalBytes;
    }

    public Distribution proposalBytes() {
        return proposalBytes;
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
}
