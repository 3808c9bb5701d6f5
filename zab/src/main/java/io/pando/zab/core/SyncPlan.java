package io.pando.zab.core;

import io.pando.zab.message.Message.SyncMode;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Zxid;
import java.util.OptionalLong;

/**
 * How a learner's history is made a prefix of its leader's (design: zab.md section 4.2).
 *
 * @param base where the stream begins; for a snapshot, the zxid that it must reach at least
 */
record SyncPlan(SyncMode mode, long base) {

    /** What decides: the histories' ends and epochs, and what the learner knows to be committed. */
    record Facts(EpochTable epochs, long last, long commit) {}

    static SyncPlan between(Facts leader, Facts learner) {
        OptionalLong common = EpochTable.commonPoint(leader.epochs(), leader.last(), learner.epochs(), learner.last());
        if (common.isEmpty()) {
            return new SyncPlan(SyncMode.SNAP, learner.commit());
        }
        long point = common.getAsLong();
        return point == learner.last() ? new SyncPlan(SyncMode.DIFF, point) : new SyncPlan(SyncMode.TRUNC, point);
    }

    /** What to do instead when the log does not reach back to where the stream would begin. */
    SyncPlan bySnapshot(long learnerCommit) {
        return new SyncPlan(SyncMode.SNAP, Zxid.max(base, learnerCommit));
    }
}
