package io.pando.zab.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a server keeps the snapshots that others may fetch. Asked by a thread that may block. */
@FunctionalInterface
public interface SnapshotShelf {

    /**
     * Opens the snapshot of exactly {@code begunZxid} if there is one at or above {@code atLeastZxid}, so that a broken transfer
     * can go on; otherwise the newest.
     *
     * @param begunZxid 0 if no transfer was begun
     * @return null if all are older than {@code atLeastZxid}
     */
    @Nullable
    SnapshotSource open(long atLeastZxid, long begunZxid) throws IOException;
}
