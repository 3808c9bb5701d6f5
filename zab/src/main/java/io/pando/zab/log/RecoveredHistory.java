package io.pando.zab.log;

import io.pando.zab.model.EpochTable;

/**
 * The history that the disk remembers.
 *
 * @param lastZxid of its last record; 0 on the first start
 * @param snapshotZxid of the snapshot that was installed; 0 without one
 * @param replayedTxns transactions delivered after the snapshot, and the bytes of log they took
 */
public record RecoveredHistory(
        long lastZxid, EpochTable epochs, long snapshotZxid, long replayedTxns, long replayedBytes) {}
