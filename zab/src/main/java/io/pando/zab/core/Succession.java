package io.pando.zab.core;

import java.util.Collection;
import java.util.OptionalLong;

/** A leader's wish to hand over, its own or somebody else's, until it comes true or has waited for too long (zab.md section 4.6). */
final class Succession {
    private final NodeState node;
    private boolean wished;
    private long wanted = -1;
    private long deadline = Long.MAX_VALUE;
    private long diskMovedAt;

    Succession(NodeState node) {
        this.node = node;
        this.diskMovedAt = node.awakeNanos;
    }

    /**
     * Wishes for a successor.
     *
     * @param successor -1 for whoever has everything first
     */
    void wish(long successor) {
        wished = true;
        wanted = successor;
        deadline = node.nowNanos + node.config.timing().handover();
    }

    /** Meanwhile nothing new is proposed. */
    boolean isWished() {
        return wished;
    }

    void diskMoved() {
        diskMovedAt = node.awakeNanos;
    }

    /** A leader whose own disk does nothing for too long had better not lead: section 4.5. */
    void wishIfDiskStalls(Collection<Learner> learners) {
        if (node.history.last() == node.history.durable()) {
            diskMovedAt = node.awakeNanos;
        } else if (!wished
                && !learners.isEmpty()
                && node.awakeNanos - diskMovedAt >= node.config.timing().diskStall()) {
            wish(-1);
        }
    }

    /** Who can take over now; the wish is dropped when nobody could for too long. */
    OptionalLong successor(Collection<Learner> learners) {
        for (Learner learner : learners) {
            boolean isMeant = wanted == -1 || wanted == learner.id();
            if (isMeant && learner.upToDate && learner.acked == node.history.last() && mayLead(learner.id())) {
                return OptionalLong.of(learner.id());
            }
        }
        if (node.nowNanos >= deadline) {
            wished = false;
            deadline = Long.MAX_VALUE;
        }
        return OptionalLong.empty();
    }

    private boolean mayLead(long id) {
        var member = node.voters.newest().member(id);
        return member != null && member.weight() > 0 && node.voters.isVoter(id);
    }

    long deadlineNanos() {
        return deadline;
    }
}
