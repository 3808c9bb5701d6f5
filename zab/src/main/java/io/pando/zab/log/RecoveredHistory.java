package io.pando.zab.log;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history that the disk remembers.
 *
 * @param lastZxid of its last record; 0 on the first start
 * @param commitZxid known to be committed up to here, and delivered
 * @param logBase the zxid before the first record that the log can still serve
 * @param epochs as of {@code lastZxid}
 * @param uncommitted the records after {@code commitZxid}: durable here, and perhaps nowhere else
 * @param membership the last one that a committed record has named; null if none has
 * @param snapshot that was installed; null without one
 * @param replayedTxns transactions delivered after the snapshot
 * @param replayedBytes bytes of log after the snapshot
 */
public record RecoveredHistory(
        long lastZxid,
        long commitZxid,
        long logBase,
        EpochTable epochs,
        List<Records> uncommitted,
        @Nullable Membership membership,
        @Nullable SnapshotMeta snapshot,
        long replayedTxns,
        long replayedBytes) {

    /** Who belongs to the ensemble as far as this disk knows: as committed, or else as its records begin; null if none says so. */
    public @Nullable Membership remembered() {
        if (membership != null) {
            return membership;
        }
        List<Membership> named = new ArrayList<>();
        for (Records records : uncommitted) {
            records.forEach((zxid, type, payload) -> {
                Membership members = MembershipRecords.named(zxid, type, payload);
                if (members != null) {
                    named.add(members);
                }
            });
        }
        return named.isEmpty() ? null : named.get(0);
    }
}
