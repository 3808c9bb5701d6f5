package io.pando.zab.runtime;

import io.pando.zab.model.Membership;
import io.pando.zab.model.Records;
import org.jspecify.annotations.Nullable;

/**
 * Decides when this server writes a snapshot of its own: when it is due, or a learner needs a newer one; never while another is being
 * written, nor of what is not durable here yet. Core thread.
 */
final class OwnSnapshots implements AutoCloseable {
    private final StateMachine machine;
    private final Delivery delivery;
    private final Storage storage;
    private final SnapshotSchedule schedule;
    private final SnapshotTaker taker;
    private boolean wanted;
    private @Nullable Runnable whenWritten;

    OwnSnapshots(
            StateMachine machine, Delivery delivery, Storage storage, SnapshotSchedule schedule, SnapshotTaker taker) {
        this.machine = machine;
        this.delivery = delivery;
        this.storage = storage;
        this.schedule = schedule;
        this.taker = taker;
    }

    /** So much has been delivered since the last one. */
    void count(Records delivered) {
        schedule.count(delivered.count(), delivered.lengthBytes());
    }

    /** There is a snapshot of another server's now, which will do for a while. */
    void installed() {
        schedule.restart();
    }

    /** A learner needs one that is newer than the last. */
    void want() {
        wanted = true;
    }

    /**
     * This server is about to stop: whoever starts it again would rather load a snapshot than replay much log.
     *
     * @param then run, on any thread, when the snapshot is written, can't be written, or isn't needed
     */
    void wrapUp(Runnable then) {
        if (schedule.isWorthTheStop()) {
            wanted = true;
            whenWritten = then;
        } else {
            then.run();
        }
    }

    boolean isDue(long nowNanos) {
        return wanted || schedule.isDue(nowNanos);
    }

    /**
     * Captures the state and has it written in the background; does nothing while a snapshot is being written already, and waits if
     * what it would hold is not durable here yet.
     */
    void take(Membership membership) {
        if (taker.isBusy() || delivery.isEmpty()) {
            return;
        }
        wanted = !storage.hasDurable(delivery.lastZxid());
        if (!wanted) {
            schedule.restart();
            taker.take(delivery.meta(membership), machine.capture(), whenWritten);
            whenWritten = null;
        }
    }

    /** The newest that was written since the start, or null. Any thread. */
    @Nullable
    SnapshotFigures latest() {
        return taker.latest();
    }

    /** Waits for the one that is being written. */
    @Override
    public void close() {
        taker.close();
    }
}
