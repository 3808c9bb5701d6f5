package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ZabCore} wants done.
 *
 * <p>Those for the log are carried out in the order they come, and so are the messages of one link and everything for the state
 * machine. Nothing is promised between these kinds: what must follow the durability of something else is asked for in the step that
 * is told of it.
 */
public sealed interface Effect {

    record Send(Link link, Message message) implements Effect {}

    record CloseLink(Link link, String why) implements Effect {}

    /**
     * Log.
     *
     * @param commitHint known to be committed when this was written
     */
    record Append(int generation, Records records, long commitHint) implements Effect {}

    /** Log. Begins a generation without the records after {@code keepUpTo}. */
    record Truncate(int generation, long keepUpTo) implements Effect {}

    /** Log. Begins a generation that rests on an installed snapshot. */
    record ResetLog(int generation, SnapshotMeta base) implements Effect {}

    /**
     * Answered by {@link Event.PromiseDurable}.
     *
     * @param clusterId to be written down as well, while there is no history
     */
    record PersistPromise(long sequence, Promise promise, UUID clusterId) implements Effect {}

    /** Answered by {@link Event.LogRead}. */
    record ReadLog(long request, long afterZxid, int maxBytes) implements Effect {}

    /** Get a snapshot at or after a zxid; answered by {@link Event.SnapshotFetched} or {@link Event.SnapshotFetchFailed}. */
    record FetchSnapshot(long token, long fromServer, long atLeastZxid) implements Effect {}

    /** State machine. The snapshot that was fetched becomes the state. */
    record InstallSnapshot(long token, SnapshotMeta meta) implements Effect {}

    /** A learner needs a snapshot and there is none that would do; answered by {@link Event.SnapshotTaken}. */
    record TakeSnapshot() implements Effect {}

    /** State machine. Committed records, in order and without gaps. */
    record Deliver(Records records) implements Effect {}

    /**
     * State machine.
     *
     * @param why in words, for the log
     */
    record RoleChanged(RoleView role, String why) implements Effect {}

    /**
     * Other servers count from now on.
     *
     * @param pending proposed, and not known to be committed
     */
    record MembershipChanged(Membership committed, @Nullable Membership pending) implements Effect {}

    /** Somebody knows newer members than this server's history names: where to look for a leader. */
    record MembersHeardOf(Membership membership) implements Effect {}

    /**
     * State machine. Complete once everything up to {@code zxid} is delivered.
     *
     * @param ordinal unsigned; of two barriers in the whole ensemble, the one that passed later has the higher one
     */
    record BarrierPassed(long request, long zxid, long ordinal) implements Effect {}

    /** This server's leader is not known to lead any more. */
    record BarrierFailed(long request) implements Effect {}

    /** The membership is in force; servers that are no longer part of it may be switched off. */
    record MembershipInstalled(long request, long version) implements Effect {}

    record MembershipRefused(long request, String why) implements Effect {}

    /** State machine of the leader. */
    record Requested(long from, ByteBuffer payload) implements Effect {}

    /** State machine of a learner. */
    record Answered(ByteBuffer payload) implements Effect {}

    /** What must not happen has happened, and not by a fault of the network: stop, and recover from the disk. */
    record Halt(String reason) implements Effect {}
}
