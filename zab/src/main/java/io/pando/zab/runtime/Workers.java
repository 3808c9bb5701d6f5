package io.pando.zab.runtime;

import io.pando.zab.core.Effect;
import io.pando.zab.core.Event;
import io.pando.zab.log.LogReader;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.StorageFaults;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Two threads that wait for the disk so that the core needn't: {@code zab-promise} writes promises, {@code zab-reader} reads the log for
 * learners that lag behind.
 */
final class Workers implements AutoCloseable {
    private final LogStore store;
    private final Inbox inbox;
    private final StorageFaults faults;
    private final ExecutorService promises = thread("zab-promise");
    private final ExecutorService reads = thread("zab-reader");
    private @Nullable LogReader reader; // of the reading thread

    Workers(LogStore store, Inbox inbox, StorageFaults faults) {
        this.store = store;
        this.inbox = inbox;
        this.faults = faults;
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
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
