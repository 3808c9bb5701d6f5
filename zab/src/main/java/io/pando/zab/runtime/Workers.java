package io.pando.zab.runtime;

import io.pando.zab.core.Effect;
import io.pando.zab.core.Event;
import io.pando.zab.log.LogReader;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.StorageFaults;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Two threads that wait for the disk so that the core needn't: {@code zab-promise} writes promises, {@code zab-reader} reads the log for
 * learners that lag behind.
 */
final class Workers implements AutoCloseable {
    private final LogStore store;
    private final Inbox inbox;
    private final StorageFaults faults;
    private final Worker promises;
    private final Worker reads;
    private @Nullable LogReader reader; // of the reading thread

    Workers(Host host, LogStore store, Inbox inbox, StorageFaults faults) {
        this.promises = host.worker("zab-promise");
        this.reads = host.worker("zab-reader");
        this.store = store;
        this.inbox = inbox;
        this.faults = faults;
    }

    void persist(Effect.PersistPromise promise) {
        promises.execute(() -> {
            try {
                store.promise(promise.promise());
                inbox.put(new Event.PromiseDurable(promise.sequence()));
            } catch (IOException | RuntimeException | Error e) {
                faults.storageFailed(
                        "the promise of epoch " + promise.promise().acceptedEpoch() + " can't be written", e);
            }
        });
    }

    void read(Effect.ReadLog read) {
        reads.execute(() -> {
            if (reader == null) {
                reader = store.reader();
            }
            inbox.put(new Event.LogRead(read.request(), reader.read(read.afterZxid(), read.maxBytes())));
        });
    }

    @Override
    public void close() {
        promises.close();
        reads.close();
    }
}
