package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Zxid;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How far one learner has come, as its leader sees it: one cursor in one stream. */
final class Learner {

    /** What the learner is waited for to do. */
    enum Phase {
        /** Be asked for its promise. */
        JOINED,
        /** Promise the epoch. */
        PROMISING,
        /** Nothing: it has promised, and is told how to synchronise as soon as the history of the epoch is settled. */
        PROMISED,
        /** Take in what is sent. */
        STREAMING,
        /** Nothing: the snapshot that it has to fetch must be taken first. */
        AWAITING_SNAPSHOT,
        /** Fetch a snapshot. */
        FETCHING
    }

    private record Sent(long lastZxid, int bytes) {}

    final Link link;
    Message.Join join;
    Message.@Nullable AckEpoch promised;
    Phase phase = Phase.JOINED;
    /** The last record sent; the stream goes on behind it. Without a stream: the zxid that a snapshot must reach. */
    long cursor;
    /** Durable there, and equal to the leader's history. */
    long acked;
    /** The commit it knows of. */
    long toldCommit;
    /** Synchronised once it has acknowledged this. */
    long target;
    /** Whether it was told that it is up to date; once in an epoch. */
    boolean upToDate;
    /** The newest probe sent to it, and the newest it has echoed. */
    long probeSent;

    long probeEchoed;
    /** Whether its log has room for more, as it says. */
    boolean writable = true;
    /** On the clock of {@link NodeState#awakeNanos}. */
    long heardAt;

    long sentAt;
    /** A read of the log on its behalf; 0 while there is none. */
    long pendingRead;
    /** The snapshot it waits for has been asked for. */
    boolean snapshotAsked;

    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private long inFlightBytes;

    Learner(Link link, Message.Join join, NodeState node) {
        this.link = link;
        this.join = join;
        this.heardAt = node.awakeNanos;
        this.sentAt = node.nowNanos;
    }

    long id() {
        return link.serverId();
    }

    /** The stream begins behind {@code base}. */
    void streamFrom(long base) {
        phase = Phase.STREAMING;
        cursor = base;
        forgetInFlight();
    }

    /** There is no stream before a snapshot at {@code atLeast} or later is installed. */
    void fetchFrom(long atLeast) {
        phase = Phase.FETCHING;
        cursor = atLeast;
        forgetInFlight();
    }

    void awaitSnapshot(long atLeast) {
        phase = Phase.AWAITING_SNAPSHOT;
        cursor = atLeast;
        snapshotAsked = false;
        forgetInFlight();
    }

    /** Nothing more of the old epoch counts. */
    void beginEpoch() {
        phase = Phase.PROMISING;
        promised = null;
        acked = Zxid.NONE;
        upToDate = false;
        pendingRead = 0;
        forgetInFlight();
    }

    private void forgetInFlight() {
        inFlight.clear();
        inFlightBytes = 0;
    }

    void sent(long lastZxid, int bytes) {
        cursor = lastZxid;
        inFlight.add(new Sent(lastZxid, bytes));
        inFlightBytes += bytes;
    }

    void acked(long zxid) {
        acked = zxid;
        for (Sent oldest = inFlight.peek();
                oldest != null && !Zxid.isAfter(oldest.lastZxid(), zxid);
                oldest = inFlight.peek()) {
            inFlightBytes -= oldest.bytes();
            inFlight.remove();
        }
    }

    /** Whether it is sent heartbeats. */
    boolean isFed() {
        return phase == Phase.STREAMING || phase == Phase.FETCHING;
    }

    long inFlightBytes() {
        return inFlightBytes;
    }
}
