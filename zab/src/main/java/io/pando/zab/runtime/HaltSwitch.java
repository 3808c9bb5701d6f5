package io.pando.zab.runtime;

import io.pando.zab.log.LogStore;
import io.pando.zab.log.StorageFaults;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops this server when it can't go on, whoever notices first: once, and for good. Any thread.
 *
 * <p>It only says so, to whoever runs the server; and nothing is proposed any more.
 */
final class HaltSwitch implements StorageFaults {
    private static final Logger log = LoggerFactory.getLogger(HaltSwitch.class);

    private final LogStore store;
    private final Consumer<Halt> onHalt;
    private final Runnable doorbell;
    private final AtomicBoolean thrown = new AtomicBoolean();

    HaltSwitch(LogStore store, Consumer<Halt> onHalt, Runnable doorbell) {
        this.store = store;
        this.onHalt = onHalt;
        this.doorbell = doorbell;
    }

    boolean isThrown() {
        return thrown.get();
    }

    @Override
    public void storageFailed(String what, Throwable cause) {
        halt(what, cause);
    }

    void halt(String what, Throwable cause) {
        if (thrown.compareAndSet(false, true)) {
            log.error("Stopping so that nothing is acknowledged falsely: {}.", what, cause);
            onHalt.accept(new Halt(what, cause));
            doorbell.run();
        }
    }

    /** Stops it with the data that it must not use any more: {@link ZabNode#disown}. Core thread. */
    void disown(String reason, String report) {
        if (!thrown.compareAndSet(false, true)) {
            return;
        }
        IllegalStateException cause = new IllegalStateException(reason);
        try {
            store.disown(report);
            onHalt.accept(new Halt(reason, cause, true));
        } catch (IOException e) {
            cause.addSuppressed(e);
            onHalt.accept(new Halt(reason + ", and that can't be written down", cause));
        }
        doorbell.run();
    }
}
