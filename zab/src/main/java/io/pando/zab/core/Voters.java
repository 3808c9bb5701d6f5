package io.pando.zab.core;

import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whose voice counts: the membership that is committed and, while one is proposed, that one as well; a quorum is one of both
 * (design: zab.md section 8).
 *
 * <p>A voice counts only with the data directory that the membership knows: a server that has lost its directory has lost its
 * promises with it, and is a mere learner until a new membership takes it in.
 */
final class Voters {
    private final TreeMap<Long, UUID> dataIds = new TreeMap<>();
    private Membership committed;
    private @Nullable Membership pending;
    // What was in force before a membership that may still be cut off again.
    private Membership beforePending;
    // The zxid of the record that proves the committed membership to be in force; 0 if none is known.
    private long activation;

    Voters(Membership committed, long self, UUID dataId) {
        this.committed = committed;
        this.beforePending = committed;
        dataIds.put(self, dataId);
    }

    void seen(long id, UUID dataId) {
        dataIds.put(id, dataId);
    }

    /** Takes note of memberships in records that were appended. Returns whether anything has changed. */
    boolean appended(Records records) {
        if (records.isAllTxns()) {
            return false;
        }
        boolean[] changed = new boolean[1];
        records.forEach((zxid, type, payload) -> changed[0] |= appended(zxid, type, payload));
        return changed[0];
    }

    private boolean appended(long zxid, RecordType type, ByteBuffer payload) {
        Membership named = MembershipRecords.named(zxid, type, payload);
        if (named != null) {
            // There is one at a time: whoever wrote this had seen the one before committed.
            settle();
            beforePending = committed;
            pending = named;
            return true;
        }
        if (type != RecordType.ACTIVATE) {
            return false;
        }
        // Whoever wrote this had seen it committed.
        boolean settled = pending != null && settle();
        activation = zxid;
        return settled;
    }

    /** Takes note of how far the history is committed. Returns whether anything has changed. */
    boolean committedUpTo(long zxid) {
        return pending != null && !Zxid.isAfter(pending.version(), zxid) && settle();
    }

    private boolean settle() {
        if (pending != null) {
            committed = pending;
            pending = null;
            activation = Zxid.NONE;
        }
        return true;
    }

    /** Takes note that the history was cut. Returns whether anything has changed. */
    boolean truncatedTo(long zxid) {
        if (Zxid.isAfter(activation, zxid)) {
            activation = Zxid.NONE;
        }
        if (pending != null && Zxid.isAfter(pending.version(), zxid)) {
            pending = null;
            committed = beforePending;
            return true;
        }
        return false;
    }

    /** The history begins anew with a snapshot that knows its membership. */
    void reset(Membership known) {
        if (known.version() != 0) {
            committed = known;
        }
        pending = null;
        activation = Zxid.NONE;
    }

    Membership committed() {
        return committed;
    }

    /** Whether the history proves that the committed membership is in force: section 8. The first one of all needs no proof. */
    boolean isActivated() {
        return Zxid.counter(committed.version()) == 0 || activation != Zxid.NONE;
    }

    @Nullable
    Membership pending() {
        return pending;
    }

    /** Whether the history says that the committed membership is in force, but that is not known to be committed. */
    boolean isChangeUnfinished(long commitZxid) {
        return Zxid.isAfter(activation, commitZxid);
    }

    /** The newest membership, committed or not. */
    Membership newest() {
        return pending == null ? committed : pending;
    }

    /** Whether a server may vote and lead, by its id alone. */
    boolean isParticipant(long id) {
        return committed.isParticipant(id) || (pending != null && pending.isParticipant(id));
    }

    /** Whether a server's voice counts in one of the memberships. */
    boolean isVoter(long id) {
        return isVoterIn(committed, id) || (pending != null && isVoterIn(pending, id));
    }

    boolean isVoterIn(Membership membership, long id) {
        return membership.version() == 0 ? membership.isParticipant(id) : knows(membership, id);
    }

    /** Whether a membership lists a server as a participant, with the data directory that it has. */
    boolean knows(Membership membership, long id) {
        Member member = membership.member(id);
        return member != null && member.isParticipant() && member.dataId().equals(dataIds.get(id));
    }

    /** Whether the voters for which the question is answered with yes are a quorum of every membership. */
    boolean isQuorum(LongPredicate among) {
        return isQuorumOf(committed, among) && (pending == null || isQuorumOf(pending, among));
    }

    private boolean isQuorumOf(Membership membership, LongPredicate among) {
        return membership.isQuorum(id -> isVoterIn(membership, id) && among.test(id));
    }

    /** The highest zxid that a quorum of one membership has reached. */
    long quorumZxid(Membership membership, LongUnaryOperator reached) {
        return membership.quorumZxid(id -> isVoterIn(membership, id) ? reached.applyAsLong(id) : Zxid.NONE);
    }

    /** Participants of all memberships in force, in the order of their ids. */
    List<Long> participants() {
        List<Long> ids = new ArrayList<>();
        committed.participants().forEach(member -> ids.add(member.id()));
        if (pending != null) {
            for (Member member : pending.participants()) {
                if (!ids.contains(member.id())) {
                    ids.add(member.id());
                }
            }
        }
        ids.sort(null);
        return ids;
    }

    /** The committed membership with the data directories of its participants, as far as they were met. */
    Membership withKnownData() {
        Membership known = committed;
        for (Member member : committed.members()) {
            UUID dataId = dataIds.get(member.id());
            if (dataId != null) {
                known = known.withData(member.id(), dataId);
            }
        }
        return known;
    }

    @Nullable
    UUID dataIdOf(long id) {
        return dataIds.get(id);
    }
}
