package io.pando.zab.core;

import io.pando.zab.model.Membership;
import io.pando.zab.model.Zxid;
import java.util.function.LongUnaryOperator;

/** How far a leader may commit: zab.md sections 4.4 (rule R6) and 8. */
final class CommitRule {

    private CommitRule() {}

    /**
     * The highest zxid that may be committed now.
     *
     * @param marker of the leader's epoch
     * @param acked how far each server has acknowledged to this leader in this epoch
     * @return 0 if nothing can be committed yet
     */
    static long committable(Voters voters, long marker, LongUnaryOperator acked) {
        long byOld = voters.quorumZxid(voters.committed(), acked);
        Membership pending = voters.pending();
        long reached = pending == null ? byOld : joint(voters, pending, byOld, marker, acked);
        // Records of older epochs are committed only together with one of this epoch.
        return Zxid.isAfter(marker, reached) ? Zxid.NONE : reached;
    }

    private static long joint(Voters voters, Membership pending, long byOld, long marker, LongUnaryOperator acked) {
        long version = pending.version();
        long byNew = voters.quorumZxid(pending, acked);
        // An inherited membership commits only if both quorums hold this epoch's marker as well.
        long threshold = Zxid.max(version, marker);
        if (!Zxid.isAfter(threshold, byOld) && !Zxid.isAfter(threshold, byNew)) {
            return byNew;
        }
        boolean beginsTheHistory = Zxid.counter(version) == 0;
        long before = beginsTheHistory ? Zxid.NONE : version - 1;
        return Zxid.isAfter(byOld, before) ? before : byOld;
    }
}
