package io.pando.zab.message;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Records;
import io.pando.zab.model.Vote;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What goes over a link between two servers (design: zab.md sections 3.1 and 4.7).
 *
 * <p>All but {@link Notification}, {@link Join} and {@link Reject} belong to an epoch; one of a lower epoch than the receiver has
 * promised is a straggler and is ignored.
 */
public sealed interface Message {

    /** The epoch it belongs to; 0 for those that belong to none. */
    default int epoch() {
        return 0;
    }

    /** What a server is doing. */
    enum State {
        LOOKING,
        FOLLOWING,
        LEADING,
        OBSERVING
    }

    /**
     * Where a server stands in the election of a leader. Any to any.
     *
     * @param round which of its elections it is in, or has ended
     * @param vote its proposal while LOOKING; for a leader its own history
     * @param leader whom it follows; itself if it leads, -1 while LOOKING
     * @param leaderEpoch the epoch of that leader; 0 while discovery is unfinished
     * @param established LEADING, and able to commit
     * @param membership one that the receiver is not known to have: a hint where to find the others
     */
    record Notification(
            State state,
            long round,
            Vote vote,
            long leader,
            int leaderEpoch,
            boolean established,
            @Nullable Membership membership)
            implements Message {}

    /**
     * Learner to leader: take me in.
     *
     * @param acceptedLeader whom it has promised that epoch
     * @param clusterId whose history it has; {@link Hello#NO_CLUSTER} without one
     * @param zxid the end of its history, or its floor if that is higher
     */
    record Join(int acceptedEpoch, long acceptedLeader, UUID clusterId, long zxid) implements Message {}

    /** Leader to learner: promise me this epoch. */
    record NewEpoch(int epoch, UUID clusterId) implements Message {}

    /**
     * Learner to leader: promised, and durably so.
     *
     * @param zxid the end of its history, or its floor if that is higher
     * @param lastZxid the end of its history
     * @param commitZxid what it knows to be committed
     */
    record AckEpoch(int epoch, long zxid, long lastZxid, EpochTable epochs, long commitZxid) implements Message {}

    /** How a learner's history is made a prefix of the leader's. */
    enum SyncMode {
        /** It is one already. */
        DIFF,
        /** By cutting off what the leader has not. */
        TRUNC,
        /** By a snapshot that takes its place. */
        SNAP
    }

    /** Leader to learner: your history now ends at {@code base}; the stream goes on from there. */
    record Sync(int epoch, SyncMode mode, long base) implements Message {}

    /**
     * Leader to learner: the next records of the stream; none for a heartbeat.
     *
     * @param commitZxid all records up to here are committed; never beyond what was sent on this link
     * @param probe the newest probe; echoed by the ack
     */
    record Append(int epoch, Records records, long commitZxid, long probe) implements Message {}

    /**
     * Learner to leader.
     *
     * @param zxid durable up to here, and equal to the leader's history; 0 while nothing can be said
     * @param probe the newest that was received
     * @param writable whether its log has room for more: false while its disk is full
     */
    record Ack(int epoch, long zxid, long probe, boolean writable) implements Message {}

    /** Leader to learner: once everything up to {@code zxid} is delivered, you may serve clients. */
    record UpToDate(int epoch, long zxid) implements Message {}

    /** Learner to leader: from its state machine to the leader's. */
    record Request(int epoch, ByteBuffer payload) implements Message {}

    /** Leader to learner: from its state machine to the learner's. */
    record Answer(int epoch, ByteBuffer payload) implements Message {}

    /** Learner to leader: how far has everything been committed that anybody was told of before now? */
    record Barrier(int epoch, long id) implements Message {}

    /**
     * Leader to learner: up to {@code zxid}.
     *
     * @param ordinal which of all barriers this is: the later one passed, the higher, also under another leader
     */
    record BarrierPassed(int epoch, long id, long zxid, long ordinal) implements Message {}

    /** Leader to learner: this server leads from now on. */
    record Handover(int epoch, long successor) implements Message {}

    /** Why a server won't have another one as its learner. */
    enum Refusal {
        /** It does not lead. */
        NOT_LEADING,
        /** The learner's history goes beyond the leader's: it must not follow, and should lead. */
        AHEAD
    }

    record Reject(Refusal reason) implements Message {}
}
