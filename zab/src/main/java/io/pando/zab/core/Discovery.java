package io.pando.zab.core;

import io.pando.zab.message.Message;
import io.pando.zab.message.Message.Refusal;
import io.pando.zab.model.Zxid;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a leader gets its epoch (design: zab.md section 4.1): it waits until a quorum has joined, asks it to promise an epoch that is later
 * than all others, and has it when a quorum has promised. Then the history is settled: whatever is in the leader's, and nothing else.
 *
 * <p>Begins anew when the leader renews its epoch.
 */
final class Discovery {
    private final NodeState node;
    private final Learners learners;
    private final Leadership leadership;
    private final Set<Long> promised = new TreeSet<>();
    private final Set<Long> lookingInLaterRounds = new TreeSet<>();

    private int epoch;
    private boolean epochChosen;
    private boolean settled;
    private long ends;
    private long epochBegunAt;
    private long renewAt = Long.MAX_VALUE;

    /** What comes of it. */
    interface Leadership {
        /** A quorum has promised the epoch, and nobody of it has more than this server. */
        void historyIsSettled();

        /** Somebody has promised the epoch after that. */
        void synchronise(Learner learner);

        /** Nothing comes of it. */
        void stepDown(String why);
    }

    Discovery(NodeState node, Learners learners, Leadership leadership) {
        this.node = node;
        this.learners = learners;
        this.leadership = leadership;
    }

    void begin() {
        settled = false;
        epochChosen = false;
        promised.clear();
        ends = node.nowNanos + node.config.timing().discovery();
    }

    /** The one that is asked for, or was promised; 0 before it is known. */
    int epoch() {
        return epoch;
    }

    /** Whether a quorum has promised the epoch. */
    boolean isSettled() {
        return settled;
    }

    // ---- those who join

    void joined(Learner learner) {
        if (isAhead(learner.join.zxid())) {
            // Before any epoch is asked for, and used up: whoever has a damaged log may be ahead for long.
            refuse(learner);
            return;
        }
        learners.add(learner);
        if (!epochChosen) {
            chooseEpochIfJoined();
        } else if (EpochChoice.isPromisedAway(node, epoch, learner.join)) {
            // It can only join an epoch that is later than the one it has promised.
            renewAt =
                    Math.max(node.nowNanos, epochBegunAt + node.config.timing().renewal());
        } else if (node.isPromiseDurable()) {
            propose(learner);
        }
    }

    void gone(long id) {
        promised.remove(id);
    }

    void chooseEpochIfJoined() {
        if (!epochChosen && isEnough(learners.ids())) {
            chooseEpoch();
        }
    }

    /** An ensemble begins its life with everybody present, unless it was allowed not to. */
    private boolean isEnough(Set<Long> others) {
        Set<Long> present = new TreeSet<>(others);
        present.add(node.self());
        return node.needsEverybody()
                ? present.containsAll(node.voters.participants())
                : node.voters.isQuorum(present::contains);
    }

    // ---- the epoch

    /** Asks for the next epoch whoever has joined. */
    void chooseEpoch() {
        epoch = EpochChoice.next(node, learners.all());
        if (epoch == 0) {
            node.halt("All epochs are used up.");
            return;
        }
        epochChosen = true;
        epochBegunAt = node.nowNanos;
        renewAt = Long.MAX_VALUE;
        node.promise(epoch, node.self(), EpochChoice.clusterId(node));
    }

    /** Whether somebody has joined who can only follow in a later epoch. */
    boolean isRenewalDue() {
        return node.nowNanos >= renewAt;
    }

    // ---- promises

    void onPromiseDurable() {
        if (!settled && epochChosen && node.isPromiseDurable()) {
            promised.add(node.self());
            for (Learner learner : learners.all()) {
                propose(learner);
            }
            settleIfPromised();
        }
    }

    private void propose(Learner learner) {
        learner.beginEpoch();
        node.send(learner.link, new Message.NewEpoch(epoch, node.clusterId()));
    }

    /** From somebody who was asked to promise. */
    void onAckEpoch(Learner learner, Message.AckEpoch ack) {
        if (isAhead(ack.zxid())) {
            refuse(learner);
            return;
        }
        learner.promised = ack;
        learner.phase = Learner.Phase.PROMISED;
        promised.add(learner.id());
        if (settled) {
            leadership.synchronise(learner);
        } else {
            settleIfPromised();
        }
    }

    /** Once the marker is in the history nobody can be ahead, except for what a damaged log may have lost. */
    private boolean isAhead(long zxid) {
        return !settled && Zxid.isAfter(zxid, node.history.last());
    }

    private void refuse(Learner ahead) {
        learners.remove(ahead.id());
        node.send(ahead.link, new Message.Reject(Refusal.AHEAD));
        giveUpIfTooManyAreAhead(ahead.id());
    }

    private void giveUpIfTooManyAreAhead(long ahead) {
        boolean hopeless = node.isBlank() || !node.voters.isQuorum(id -> id != ahead);
        if (hopeless) {
            leadership.stepDown("server " + ahead + " has a longer history");
        }
    }

    private void settleIfPromised() {
        if (promised.contains(node.self()) && isEnough(promised)) {
            settled = true;
            leadership.historyIsSettled();
        }
    }

    // ---- giving up

    /** So many voters are in a later election that no quorum is left for this one. */
    void looking(long id, long round) {
        if (round <= node.round) {
            return;
        }
        lookingInLaterRounds.add(id);
        if (!node.voters.isQuorum(voter -> !lookingInLaterRounds.contains(voter))) {
            node.round = round;
            leadership.stepDown("the others elect again");
        }
    }

    void notLooking(long id) {
        lookingInLaterRounds.remove(id);
    }

    void giveUpIfLate() {
        if (node.nowNanos >= ends) {
            leadership.stepDown("no quorum has promised epoch " + epoch + " in time");
        }
    }

    /** When it is given up, or begins anew for somebody who waits for that. */
    long deadlineNanos() {
        return settled ? renewAt : ends;
    }
}
