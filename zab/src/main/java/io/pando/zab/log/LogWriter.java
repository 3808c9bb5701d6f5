package io.pando.zab.log;

import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Zxid;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes submitted batches durable, in order: whatever has queued up is one gathering write and one {@code fdatasync}.
 *
 * <p>Usually on its own thread, {@code zab-log}. Waking that thread and being woken by it costs more than a short sync, so the
 * core may write a lone batch by itself: whoever holds the <em>write baton</em> runs the same code, and the core takes it only
 * when nobody else wants it and nothing is queued. Once a write or sync has failed, nothing is written or reported any more.
 */
public final class LogWriter implements Closeable {
    // Waking another thread and back is about this much; a disk that is slower gets a thread that may sleep.
    private static final long SHORT_SYNC_NANOS = Duration.ofMillis(1).toNanos();
    // More records than this come from many clients at once: then the core has better things to do than to wait.
    private static final int INLINE_RECORDS = 4;
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private final SegmentedLog log;
    private final LogQueue queue;
    private final boolean inlineSync;
    private final Runnable doorbell;
    private final StorageFaults faults;
    private final SyncTimes syncTimes;
    private final Thread thread = new Thread(this::run, "zab-log");

    // Held by whoever appends: the log thread or, for a lone batch, the core.
    private final ReentrantLock baton = new ReentrantLock();
    private final RecordBatch hint = new RecordBatch();
    private long durableZxid;
    private long lastWriteNanos;

    // Written under the baton, read by the log thread to know how long it may sleep.
    private volatile boolean hintIsDue;
    private volatile boolean failed;
    private volatile boolean closing;

    LogWriter(
            SegmentedLog log,
            LogQueue queue,
            long durableZxid,
            boolean inlineSync,
            SyncTimes syncTimes,
            Runnable doorbell,
            StorageFaults faults) {
        this.log = log;
        this.queue = queue;
        this.durableZxid = durableZxid;
        this.inlineSync = inlineSync;
        this.syncTimes = syncTimes;
        this.doorbell = doorbell;
        this.faults = faults;
    }

    void start() {
        thread.start();
    }

    /** The batch that is being filled. Core thread. */
    public RecordBatch open() {
        return queue.open();
    }

    /**
     * Hands the open batch over, unless so many are on their way that it had better grow. Core thread.
     *
     * @return true if it is durable already, and the doorbell will not be rung for it
     */
    public boolean submit() {
        RecordBatch batch = queue.open();
        if (batch.isEmpty() || failed || !queue.canSubmit()) {
            return false;
        }
        if (inlineSync && batch.count() <= INLINE_RECORDS && queue.isIdle() && baton.tryLock()) {
            try {
                return submitInline(batch.lengthBytes());
            } finally {
                baton.unlock();
            }
        }
        handOver();
        return false;
    }

    private boolean submitInline(int bytes) {
        if (!log.hasRoomFor(bytes) || syncTimes.recentNanos() > SHORT_SYNC_NANOS) {
            handOver();
            return false;
        }
        queue.submit();
        boolean hintWasDue = hintIsDue;
        writeSubmitted();
        if (!hintWasDue) {
            // It sleeps without an alarm while no hint is due.
            LockSupport.unpark(thread);
        }
        return !failed;
    }

    private void handOver() {
        queue.submit();
        LockSupport.unpark(thread);
    }

    /**
     * Writes what is open and submitted on the calling thread, without ringing the doorbell. Core thread.
     *
     * @return whether the open batch has to wait for room that only delivering makes
     */
    public boolean writeNow() {
        if (!queue.open().isEmpty() && queue.canSubmit()) {
            queue.submit();
        }
        baton.lock();
        try {
            writeSubmitted();
        } finally {
            baton.unlock();
        }
        return !failed && !queue.open().isEmpty();
    }

    /** The next durable batch to deliver, or null; {@link #release} gives it back. Core thread. */
    public @Nullable RecordBatch take() {
        return queue.take();
    }

    public void release() {
        queue.release();
    }

    private void run() {
        while (!failed) {
            if (!queue.isIdle()) {
                writeAsHolder();
            } else if (closing) {
                return;
            } else if (hintIsDue) {
                LockSupport.parkNanos(this, IDLE_NANOS);
                writeHintIfIdle();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void writeAsHolder() {
        boolean wrote;
        baton.lock();
        try {
            wrote = writeSubmitted();
        } finally {
            baton.unlock();
        }
        if (wrote) {
            doorbell.run();
        }
    }

    /** One group: everything submitted so far. Under the baton; returns whether anything has become durable. */
    private boolean writeSubmitted() {
        long last = queue.submitted();
        if (failed || last == queue.durable()) {
            return false;
        }
        try {
            for (long sequence = queue.durable() + 1; sequence <= last; sequence++) {
                log.stage(queue.get(sequence), durableZxid, durableZxid);
            }
            long start = System.nanoTime();
            log.commit();
            lastWriteNanos = System.nanoTime();
            syncTimes.record(lastWriteNanos - start);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return false;
        }
        durableZxid = queue.get(last).lastZxid();
        hintIsDue = true;
        queue.markDurable(last);
        return true;
    }

    private void fail(Throwable cause) {
        failed = true;
        faults.storageFailed("the transaction log can't be written", cause);
    }

    private void writeHintIfIdle() {
        if (!queue.isIdle() || System.nanoTime() - lastWriteNanos < IDLE_NANOS || !baton.tryLock()) {
            return;
        }
        try {
            if (hintIsDue && queue.isIdle()) {
                writeHint();
                // Not synced: it is evidence, not a promise, and must not hold up the next write.
                log.write();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            baton.unlock();
        }
    }

    /** An empty batch that says how far the log is durable: should the last batch rot, it can't pass for a torn write. */
    private void writeHint() throws IOException {
        hintIsDue = false;
        hint.reset(durableZxid);
        if (log.hasRoomFor(hint.lengthBytes())) {
            log.stage(hint, durableZxid, durableZxid);
        }
    }

    /** Writes and syncs everything submitted, then ends the thread. The core must not submit any more. */
    @Override
    public void close() throws IOException {
        closing = true;
        LockSupport.unpark(thread);
        SegmentPreparer.joinUninterruptibly(thread);
        if (!failed && Zxid.isAfter(durableZxid, Zxid.NONE)) {
            writeHint();
            log.commit();
        }
    }
}
