package io.pando.zab.core;

import java.util.OptionalLong;

/**
 * A leader's wish to hand over, its own or somebody else's, until it comes true or has waited for too long (zab.md sections 4.5, 4.6
 * and 9.5).
 */
final class Succession {
    /** Whoever has everything first. */
    static final long ANYBODY = -1;

    // While a successor is waited for, nothing is proposed: a leader that finds none leads on for so long.
    private static final int PAUSE_HANDOVERS = 5;

    private final NodeState node;
    private final Learners learners;
    private boolean wished;
    private boolean needsRoom;
    private String why = "";
    private long wanted = ANYBODY;
    private long deadline = Long.MAX_VALUE;
    private long pauseEnds;
    private long diskMovedAt;

    Succession(NodeState node, Learners learners) {
        this.node = node;
        this.learners = learners;
        this.pauseEnds = node.nowNanos;
        this.diskMovedAt = node.awakeNanos;
    }

    /**
     * Wishes for a successor.
     *
     * @param successor {@link #ANYBODY}, preferably with room on its disk, or the one that is meant
     */
    void wish(long successor) {
        wish(successor, false, "it has handed over");
    }

    private void wish(long successor, boolean withRoom, String reason) {
        wished = true;
        wanted = successor;
        needsRoom = withRoom;
        why = reason;
        deadline = node.nowNanos + node.config.timing().handover();
    }

    /** Meanwhile nothing new is proposed. */
    boolean isWished() {
        return wished;
    }

    /** Why there is a wish, in words. */
    String why() {
        return why;
    }

    void diskMoved() {
        diskMovedAt = node.awakeNanos;
    }

    /**
     * A leader whose own disk does nothing for too long had better not lead, nor one whose disk is full, as long as a quorum of others has
     * room: whoever leads without such a quorum can only refuse what is written, and that this server does as well.
     */
    void wishIfDiskFails() {
        if (node.history.last() == node.history.durable()) {
            diskMovedAt = node.awakeNanos;
        }
        if (wished || learners.isEmpty() || node.nowNanos < pauseEnds) {
            return;
        }
        if (!node.isWritable()) {
            if (haveOthersRoom()) {
                wish(ANYBODY, true, "its disk is full, and it has handed over");
            }
        } else if (node.awakeNanos - diskMovedAt >= node.config.timing().diskStall()) {
            wish(ANYBODY, false, "its disk does nothing, and it has handed over");
        }
    }

    private boolean haveOthersRoom() {
        return node.voters.isQuorum(id -> {
            Learner learner = learners.byId(id);
            return learner != null && learner.upToDate && learner.writable;
        });
    }

    /** Who can take over now; the wish is dropped when nobody could for too long. */
    OptionalLong successor() {
        OptionalLong found = OptionalLong.empty();
        for (Learner learner : learners.all()) {
            if (canTakeOver(learner) && (learner.writable || (!needsRoom && found.isEmpty()))) {
                found = OptionalLong.of(learner.id());
                if (learner.writable) {
                    return found;
                }
            }
        }
        if (found.isEmpty() && node.nowNanos >= deadline) {
            wished = false;
            deadline = Long.MAX_VALUE;
            pauseEnds = node.nowNanos + PAUSE_HANDOVERS * node.config.timing().handover();
        }
        return found;
    }

    private boolean canTakeOver(Learner learner) {
        boolean isMeant = wanted == ANYBODY || wanted == learner.id();
        return isMeant && learner.upToDate && learner.acked == node.history.last() && mayLead(learner.id());
    }

    private boolean mayLead(long id) {
        var member = node.voters.newest().member(id);
        return member != null && member.weight() > 0 && node.voters.isVoter(id);
    }

    long deadlineNanos() {
        return deadline;
    }
}
