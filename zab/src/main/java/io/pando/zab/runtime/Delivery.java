package io.pando.zab.runtime;

import io.pando.zab.log.RecoveredHistory;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.RecordVisitor;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;

/** Hands what has committed to the state machine, and knows how far that has come. Core thread. */
final class Delivery {
    private final StateMachine machine;
    private final RecordVisitor each = this::deliver;
    private EpochTable epochs; // those that ended before the last
    private int txns;
    // Written by the core thread, read by whoever asks for figures.
    private volatile long lastZxid;

    /** Goes on where recovery has brought the state machine. */
    Delivery(StateMachine machine, RecoveredHistory history) {
        this.machine = machine;
        this.epochs = history.epochs().truncatedTo(history.commitZxid());
        this.lastZxid = history.commitZxid();
    }

    /** The newest record that was delivered, whatever its kind. Any thread. */
    long lastZxid() {
        return lastZxid;
    }

    boolean isEmpty() {
        return lastZxid == Zxid.NONE;
    }

    /** What a snapshot says of the state as it is now. */
    SnapshotMeta meta(Membership membership) {
        return new SnapshotMeta(lastZxid, epochs, membership);
    }

    void deliver(Records records) {
        records.forEach(each);
    }

    private void deliver(long zxid, RecordType type, ByteBuffer payload) {
        if (type == RecordType.TXN) {
            machine.deliver(zxid, payload);
            txns++;
        }
        epochs = epochs.following(lastZxid, zxid);
        lastZxid = zxid;
    }

    /** A snapshot has become the state. */
    void goOnAfter(SnapshotMeta installed) {
        lastZxid = installed.zxid();
        epochs = installed.epochs();
    }

    /** Counts transactions from here on. */
    void beginCount() {
        txns = 0;
    }

    /** How many transactions were delivered since {@link #beginCount}. */
    int count() {
        return txns;
    }
}
