package io.pando.zab.runtime;

import io.pando.zab.core.Effect;
import io.pando.zab.core.Event;
import io.pando.zab.core.RecoveredState;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.LogWriter;
import io.pando.zab.log.RecoveredHistory;
import io.pando.zab.log.StorageFaults;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log of this server as the core drives it: takes what is to be written, and knows what the core has not been told of yet. There is
 * nothing to write to until the server belongs to an ensemble. Core thread.
 */
final class Storage {
    private final Host host;
    private final LogStore store;
    private final Runnable doorbell;
    private final StorageFaults faults;
    // Null until this server belongs to an ensemble: only then it may write.
    private @Nullable LogWriter writer;
    private LogWriter.Position toldDurable = new LogWriter.Position(0, Zxid.NONE);
    private long toldCommit;
    private boolean toldWritable = true;

    Storage(Host host, LogStore store, Runnable doorbell, StorageFaults faults) throws IOException {
        this.host = host;
        this.store = store;
        this.doorbell = doorbell;
        this.faults = faults;
        if (store.identity().isAdopted()) {
            beginWriting();
        }
    }

    private void beginWriting() throws IOException {
        writer = store.openWriter(doorbell, faults);
        host.drive(store.work());
        toldDurable = writer.durable();
    }

    /** What the core is to remember, when it begins with this history. */
    RecoveredState remembered(RecoveredHistory history) {
        return new RecoveredState(
                store.promise(),
                store.identity().clusterId(),
                history.lastZxid(),
                history.commitZxid(),
                history.epochs(),
                history.uncommitted(),
                history.membership(),
                history.snapshot());
    }

    /** Makes it that of a member of this ensemble, if it isn't yet; only while there is no history. */
    void belongTo(UUID clusterId) throws IOException {
        if (!store.identity().clusterId().equals(clusterId)) {
            store.adopt(clusterId);
            beginWriting();
        }
    }

    // ---- what is to be written

    void append(Effect.Append append) {
        writing().append(append.records(), append.commitHint());
    }

    void truncate(Effect.Truncate truncate) {
        writing().truncate(truncate.generation(), truncate.keepUpTo());
    }

    void reset(Effect.ResetLog reset) {
        writing().reset(reset.generation(), reset.base());
    }

    private LogWriter writing() {
        if (writer == null) {
            throw new IllegalStateException("This server belongs to no ensemble yet, and has something to write");
        }
        return writer;
    }

    /**
     * Hands over what there is to write.
     *
     * @param mayWait whether a short piece is waited for
     * @return whether it is durable already; otherwise the doorbell rings when it is
     */
    boolean submit(boolean mayWait) {
        return writer != null && writer.submit(mayWait);
    }

    /** Everything up to here has committed: what is written next says so. */
    void committed(long zxid) {
        if (writer != null && toldCommit != zxid) {
            toldCommit = zxid;
            writer.committed(zxid);
        }
    }

    // ---- what has become of it

    /** What is durable, if the core has not been told that yet; otherwise null. */
    Event.@Nullable LogDurable newlyDurable() {
        if (writer == null) {
            return null;
        }
        LogWriter.Position durable = writer.durable();
        if (durable.equals(toldDurable)) {
            return null;
        }
        toldDurable = durable;
        return new Event.LogDurable(durable.generation(), durable.zxid());
    }

    /** Whether the core has been told that everything up to here is durable. */
    boolean hasDurable(long zxid) {
        return !Zxid.isAfter(zxid, toldDurable.zxid());
    }

    /** Whether there is room for more, if the core has not been told that yet; otherwise null. */
    Event.@Nullable Writable newlyWritable() {
        boolean writable = writer == null || store.isWritable();
        if (writable == toldWritable) {
            return null;
        }
        toldWritable = writable;
        return new Event.Writable(writable);
    }

    // ---- the end

    /** Makes durable whatever the disk still has room for. */
    void finish() {
        if (writer != null) {
            store.giveUpOnFullDisk();
            writer.writeNow();
        }
    }

    /** What is not written yet is lost, as in a crash. */
    void abandon() {
        if (writer != null) {
            writer.abandon();
        }
    }
}
