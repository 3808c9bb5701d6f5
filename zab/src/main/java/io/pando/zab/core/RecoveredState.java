package io.pando.zab.core;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a server remembers when it starts.
 *
 * @param clusterId all zero if it has no history
 * @param lastZxid the end of its log
 * @param commitZxid what it knows to be committed; the state machine stands there
 * @param epochs those that ended before {@code lastZxid}
 * @param uncommitted the records in {@code (commitZxid, lastZxid]}
 * @param membership as of {@code commitZxid}; null if the history has named none
 * @param snapshot the newest good one
 */
public record RecoveredState(
        Promise promise,
        UUID clusterId,
        long lastZxid,
        long commitZxid,
        EpochTable epochs,
        List<Records> uncommitted,
        @Nullable Membership membership,
        @Nullable SnapshotMeta snapshot) {}
