package io.pando.zab.core;

import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the members, one at a time, as an established leader carries them out (design: zab.md section 8): a CONFIG record that both
 * the old and the new quorum must hold, then an ACTIVATE record that proves it.
 *
 * <p>A participant that came back without its old data directory is taken in again by the leader itself, as soon as it has caught
 * up: until then its voice does not count, since what it promised is forgotten.
 */
final class Reconfiguration {

    /** What the leader is to do next. */
    sealed interface Step {
        record Nothing() implements Step {}

        record Append(RecordType type, ByteBuffer payload) implements Step {}

        /** The leader is not among those who may lead any more. */
        record Leave() implements Step {}
    }

    private static final Step NOTHING = new Step.Nothing();

    private final NodeState node;
    private @Nullable Wish wish;
    private long activation = Zxid.NONE;

    /**
     * Members to be.
     *
     * @param request -1 if nobody has asked
     */
    private record Wish(long request, Membership next, boolean proposed) {}

    Reconfiguration(NodeState node) {
        this.node = node;
    }

    /** An operator's wish: refused here, or carried out by the steps that follow. */
    void ask(Event.ProposeMembership asked, Collection<Learner> learners) {
        String flaw = flawOf(asked, learners);
        if (flaw == null) {
            wish = new Wish(asked.request(), withKnownData(asked.next()), false);
        } else {
            node.effects.add(new Effect.MembershipRefused(asked.request(), flaw));
        }
    }

    private @Nullable String flawOf(Event.ProposeMembership asked, Collection<Learner> learners) {
        Membership committed = node.voters.committed();
        if (wish != null || node.voters.pending() != null) {
            return "another change of the members is under way; try again when it has ended";
        }
        if (asked.expectedVersion() != -1 && asked.expectedVersion() != committed.version()) {
            return "the members are at version " + Zxid.toString(committed.version()) + ", not "
                    + Zxid.toString(asked.expectedVersion());
        }
        Membership next = withKnownData(asked.next());
        if (!next.isQuorum(id -> node.voters.knows(next, id) && (id == node.self() || isUpToDate(learners, id)))) {
            return "no quorum of the new members is connected and up to date; let them join as observers first";
        }
        return null;
    }

    private static boolean isUpToDate(Collection<Learner> learners, long id) {
        return learners.stream().anyMatch(learner -> learner.id() == id && learner.upToDate);
    }

    private Membership withKnownData(Membership next) {
        Membership known = next;
        for (Member member : next.members()) {
            UUID dataId = dataOf(node.voters.committed().member(member.id()), member.id());
            if (dataId != null) {
                known = known.withData(member.id(), dataId);
            }
        }
        return known;
    }

    /** The data directory that a voter is known by; of anybody else, the one it was last seen with. */
    private @Nullable UUID dataOf(@Nullable Member before, long id) {
        if (before == null || !before.isParticipant() || before.dataId().equals(Member.ANY_DATA)) {
            return node.voters.dataIdOf(id);
        }
        return before.dataId();
    }

    Step next(Collection<Learner> learners) {
        if (node.voters.pending() != null) {
            return NOTHING;
        }
        if (!node.voters.isActivated()) {
            return activation == Zxid.NONE ? activate() : NOTHING;
        }
        if (activation != Zxid.NONE) {
            return finishIfCommitted();
        }
        if (!node.voters.committed().isParticipant(node.self())) {
            return new Step.Leave();
        }
        if (wish == null) {
            wish = readmission(learners);
        }
        if (wish == null || wish.proposed()) {
            return NOTHING;
        }
        return new Step.Append(RecordType.CONFIG, MembershipRecords.payload(wish.next()));
    }

    private Step activate() {
        return new Step.Append(
                RecordType.ACTIVATE,
                MembershipRecords.activation(node.voters.committed().version()));
    }

    private Step finishIfCommitted() {
        if (Zxid.isAfter(activation, node.commitZxid())) {
            return NOTHING;
        }
        activation = Zxid.NONE;
        if (wish != null && wish.proposed()) {
            if (wish.request() != -1) {
                node.effects.add(new Effect.MembershipInstalled(
                        wish.request(), node.voters.committed().version()));
            }
            wish = null;
        }
        return NOTHING;
    }

    private @Nullable Wish readmission(Collection<Learner> learners) {
        Membership committed = node.voters.committed();
        for (Learner learner : learners) {
            UUID dataId = node.voters.dataIdOf(learner.id());
            boolean lostItsVoice = learner.upToDate
                    && committed.isParticipant(learner.id())
                    && !node.voters.isVoterIn(committed, learner.id());
            if (lostItsVoice && dataId != null) {
                return new Wish(-1, committed.withData(learner.id(), dataId), false);
            }
        }
        return null;
    }

    /** What {@link #next} has asked for is in the history. */
    void appended(RecordType type, long zxid) {
        if (type == RecordType.ACTIVATE) {
            activation = zxid;
        } else if (wish != null) {
            wish = new Wish(wish.request(), wish.next(), true);
        }
    }

    /** Whether this server must not propose anything else any more, because it is on its way out. */
    boolean isLeaving() {
        return !node.voters.newest().isParticipant(node.self());
    }

    void fail() {
        if (wish != null && wish.request() != -1) {
            node.effects.add(new Effect.MembershipRefused(
                    wish.request(), "the leader has changed; look at the members before trying again"));
        }
        wish = null;
    }
}
