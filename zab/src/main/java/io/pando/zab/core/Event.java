package io.pando.zab.core;

import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a server, as its {@link ZabCore} is told.
 *
 * <p>Events of one kind come in the order in which they happened; nothing is promised between kinds.
 */
public sealed interface Event {

    /** The first of all. */
    record Start() implements Event {}

    /** Time has passed, and everything that has arrived was told: due at {@link ZabCore#nextDeadlineNanos}. */
    record Tick() implements Event {}

    record LinkUp(Link link, Hello hello) implements Event {}

    record LinkDown(Link link, String why) implements Event {}

    record Received(Link link, Message message) implements Event {}

    /** The promise that was sent to the disk with this number is durable. */
    record PromiseDurable(long sequence) implements Event {}

    /** The log of this generation is durable up to the zxid; what was cut off before is gone for good. */
    record LogDurable(int generation, long zxid) implements Event {}

    /**
     * The log was read.
     *
     * @param records null if it does not reach back that far
     */
    record LogRead(long request, @Nullable Records records) implements Event {}

    /** A snapshot is on this server's disk, verified, and ready to be installed. */
    record SnapshotFetched(long token, SnapshotMeta meta) implements Event {}

    record SnapshotFetchFailed(long token, String why) implements Event {}

    /** A snapshot of this server's own state is durable. */
    record SnapshotTaken(SnapshotMeta meta) implements Event {}

    /**
     * Asks for other members.
     *
     * @param expectedVersion of the membership that these are to follow; -1 for whichever there is
     */
    record ProposeMembership(long request, Membership next, long expectedVersion) implements Event {}

    /** Asks how far everything is committed that anybody has been told of. */
    record Barrier(long request) implements Event {}

    /** From this server's state machine to the leader's. */
    record Forward(ByteBuffer payload) implements Event {}

    /** From the leader's state machine to that of the learner with this id. */
    record Reply(long to, ByteBuffer payload) implements Event {}

    /**
     * Gives up leadership.
     *
     * @param preferred the server to hand it to; -1 for the most up to date
     */
    record Resign(long preferred) implements Event {}

    /** Whether the log has room: a server without is not elected, and does not go on leading while a quorum of others has. */
    record Writable(boolean writable) implements Event {}
}
