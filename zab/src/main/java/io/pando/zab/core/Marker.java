package io.pando.zab.core;

import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;

/**
 * The first record of a leader's epoch (design: zab.md section 4.3). It goes behind the history that a quorum has promised to take over; when
 * it is committed, all of that is, and the epoch is established.
 */
final class Marker {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final NodeState node;
    private long zxid;
    private int establishedEpoch; // 0 until the first marker is committed; stays while the epoch is renewed

    Marker(NodeState node) {
        this.node = node;
    }

    /** Ends the history of all earlier epochs. The first of an ensemble names its members. */
    void append(int epoch) {
        zxid = Zxid.of(epoch, 0);
        boolean first = node.voters.newest().version() == 0;
        ByteBuffer payload = first ? MembershipRecords.payload(node.voters.withKnownData()) : EMPTY;
        node.append(Records.of(node.history.last(), zxid, RecordType.MARKER, payload));
    }

    /** That of the newest epoch. */
    long zxid() {
        return zxid;
    }

    /** The epoch of the newest marker that is committed; 0 before the first. */
    int establishedEpoch() {
        return establishedEpoch;
    }

    boolean isEstablished() {
        return establishedEpoch != 0;
    }

    /** To be asked after each commit: whether that has established this epoch, for which the marker was appended. */
    boolean establishes(int epoch) {
        if (establishedEpoch == epoch || Zxid.isAfter(zxid, node.commitZxid())) {
            return false;
        }
        establishedEpoch = epoch;
        return true;
    }
}
