package io.pando.zab.runtime;

import io.pando.zab.core.Event;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.NoSpaceException;
import io.pando.zab.log.StorageFaults;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a captured state to disk, one at a time, and purges what it makes superfluous.
 *
 * <p>The core decides when and captures; the work is done on a thread of its own, {@code zab-snapshot}.
 */
final class SnapshotTaker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SnapshotTaker.class);

    private final LogStore store;
    private final Inbox inbox;
    private final StorageFaults faults;
    private final Worker worker;
    private final Clock clock;

    // Set by the core, cleared by the snapshot thread.
    private volatile boolean busy;
    // Written by the snapshot thread, read by anybody.
    private volatile @Nullable SnapshotFigures latest;

    SnapshotTaker(Host host, LogStore store, Inbox inbox, StorageFaults faults) {
        this.worker = host.worker("zab-snapshot");
        this.clock = host.clock();
        this.store = store;
        this.inbox = inbox;
        this.faults = faults;
    }

    boolean isBusy() {
        return busy;
    }

    @Nullable
    SnapshotFigures latest() {
        return latest;
    }

    /**
     * Core thread; not while busy.
     *
     * @param then run on the snapshot thread when it is written, or can't be; null if nobody waits for that
     */
    void take(SnapshotMeta meta, SnapshotBody body, @Nullable Runnable then) {
        long zxid = meta.zxid();
        busy = true;
        worker.execute(() -> {
            try {
                writeOrMakeRoom(meta, body);
                inbox.put(new Event.SnapshotTaken(meta));
                store.purge();
            } catch (NoSpaceException e) {
                log.error(
                        "No room for a snapshot at {}: {}. The next one is tried as usual.",
                        Zxid.toString(zxid),
                        e.getMessage());
            } catch (IOException | RuntimeException | Error e) {
                faults.storageFailed("the snapshot at " + Zxid.toString(zxid) + " can't be written", e);
            } finally {
                busy = false;
                if (then != null) {
                    then.run();
                }
            }
        });
    }

    private void writeOrMakeRoom(SnapshotMeta meta, SnapshotBody body) throws IOException {
        try {
            write(meta, body);
        } catch (NoSpaceException e) {
            if (!store.purge()) {
                throw e;
            }
            write(meta, body);
        }
    }

    private void write(SnapshotMeta meta, SnapshotBody body) throws IOException {
        long zxid = meta.zxid();
        long start = clock.nanoTime();
        long lengthBytes = store.snapshots().write(meta, body::writeTo);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - start);
        latest = new SnapshotFigures(zxid, lengthBytes, tookMs);
        log.info("Snapshot at {}: {} bytes in {} ms.", Zxid.toString(zxid), lengthBytes, tookMs);
    }

    /** Waits for the snapshot that is being written. */
    @Override
    public void close() {
        worker.close();
    }
}
