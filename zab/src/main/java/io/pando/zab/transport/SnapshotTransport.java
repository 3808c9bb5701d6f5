package io.pando.zab.transport;

import io.pando.zab.model.Member;
import java.util.concurrent.CompletableFuture;

/** Snapshots on their way between servers. Any thread. */
public interface SnapshotTransport extends AutoCloseable {

    /**
     * Fetches the newest snapshot of a server into a sink.
     *
     * @param atLeastZxid older ones are of no use
     * @return its zxid when it is complete; an {@link java.io.IOException} if there is none, if it stopped coming, or if the sink failed.
     *     Cancelling it ends the transfer
     */
    CompletableFuture<Long> fetch(Member from, long atLeastZxid, SnapshotSink sink);

    /** Ends all transfers. */
    @Override
    void close();
}
