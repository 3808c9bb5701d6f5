package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.core.RecoveredState;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one server has on disk. {@link ContractDisk} is by its contract what storage has to be, {@link StoredDisk} is the storage of
 * production over a disk that loses, tears and fails.
 *
 * <p>An {@link IOException} means that the server has to stop.
 */
interface SimDisk {

    // ---- what is durable, as the invariants want to know it: also while the server is down

    UUID dataId();

    UUID clusterId();

    /** Whether there is no history. */
    boolean isBlank();

    Promise promise();

    long lastZxid();

    /** Whether a record is here, in the log or within a snapshot. */
    boolean holds(long zxid);

    /** Whether a record is here, or was damaged here and this server knows that it lacks something up to there. */
    boolean answersFor(long zxid);

    /** The places in the history that are known: the base of the log, if it has one, and all its records. */
    List<Long> zxids();

    // ---- from the start of a process to its end

    /**
     * What a server that starts finds.
     *
     * @param machine the state of {@link SimMachine} at the commit
     */
    record Found(RecoveredState state, long machine) {}

    Found start() throws IOException;

    /** The process ends here and now; of what is being written, some may have arrived. */
    void stop(Effect.@Nullable PersistPromise underWay);

    /** No fault is to come any more. */
    void mend();

    // ---- the log

    /** An effect of the log, in its order. */
    void take(Effect logEffect);

    /** Everything up to here is committed. */
    void committed(long zxid);

    /** Begins to write what was taken; false if there is nothing, or it is being written already. */
    boolean beginGroup();

    /** Makes durable what was begun; false if there is no room for it, and it has to be tried again later. */
    boolean writeGroup() throws IOException;

    /** What the storage reports as durable: the last record, and the generation of the last truncation or reset. */
    long reportedZxid();

    int generation();

    /** Whatever the storage does when it has time; returns whether it wants to do it again soon. */
    boolean doChores() throws IOException;

    boolean isWritable();

    /** Null if the log begins later. */
    @Nullable
    Records read(long afterZxid, int maxBytes);

    // ---- promises and snapshots

    /** Before the first promise; does nothing if it is known. */
    void join(UUID clusterId) throws IOException;

    void persist(Effect.PersistPromise effect) throws IOException;

    /** A snapshot; {@code state} is that of {@link SimMachine}. */
    record StoredSnapshot(SnapshotMeta meta, long state) {}

    /** Returns false if there is no room for it. */
    boolean store(SnapshotMeta meta, long state) throws IOException;

    /** Forgets old snapshots, and the log that the oldest kept one makes superfluous. */
    void purge() throws IOException;

    /** Null if the other disk has none that would do. */
    @Nullable
    Transfer fetchFrom(SimDisk source, long atLeastZxid) throws IOException;

    /** A snapshot on its way from another server. */
    interface Transfer {
        /** Takes the next part; returns whether it was the last. */
        boolean step() throws IOException;

        /** Null if what came was worthless. */
        @Nullable
        StoredSnapshot arrived() throws IOException;

        void abandon() throws IOException;
    }
}
