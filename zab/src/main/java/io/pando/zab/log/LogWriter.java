package io.pando.zab.log;

import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Makes submitted records durable, in order: whatever has queued up is one gathering write and one {@code fdatasync}. What is to
 * be taken back again goes through the same queue.
 *
 * <p>Usually on its own thread, {@code zab-log}. Waking that thread and being woken by it costs more than a short sync, so the
 * core may write a lone batch by itself: whoever holds the <em>write baton</em> runs the same code, and the core takes it only
 * when nobody else wants it and nothing is queued. Once a write or sync has failed, nothing is written or reported any more.
 *
 * <p>The thread only decides when: as long as it is not started, whoever calls {@link #writeGroup} and {@link #writeHintIfIdle} does.
 */
public final class LogWriter implements Closeable {
    // Waking another thread and back is about this much; a disk that is slower gets a thread that may sleep.
    private static final long SHORT_SYNC_NANOS = Duration.ofMillis(1).toNanos();
    // More records than this come from many clients at once, and more bytes than this take their time: then the core
    // has better
    // things to do than to wait.
    private static final int INLINE_RECORDS = 4;
    private static final int INLINE_BYTES = 64 * 1024;
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private final SegmentedLog log;
    private final LogQueue queue;
    private final boolean inlineSync;
    private final Runnable doorbell;
    private final StorageFaults faults;
    private final SyncTimes syncTimes;
    private final LongSupplier nanoTime;
    private final Thread thread = new Thread(this::run, "zab-log");

    // Held by whoever appends: the log thread or, for a lone batch, the core.
    private final ReentrantLock baton = new ReentrantLock();
    private final RecordBatch hint = new RecordBatch();
    private long lastWriteNanos;

    // The newest that the core has begun. Core thread.
    private int generation;
    // The newest that may be written down as committed. Under the baton.
    private long commitZxid;

    // Written under the baton, read by anybody.
    private volatile Position durable;
    // Written by the core; each batch takes along what is known when it is written.
    private volatile Committed known;
    // Written under the baton, read by the log thread to know how long it may sleep.
    private volatile boolean hintIsDue;
    private volatile boolean failed; // also set by whoever abandons it
    private volatile boolean closing;

    /**
     * How far the log is durable.
     *
     * @param generation that of the last {@link #truncate} or {@link #reset} that is durable, 0 before the first
     */
    public record Position(int generation, long zxid) {}

    /**
     * What is known to be committed, since this generation: of records that are to be taken back it says nothing, although their zxids
     * are lower.
     */
    private record Committed(int generation, long zxid) {}

    LogWriter(
            SegmentedLog log,
            long lastZxid,
            long commitZxid,
            boolean inlineSync,
            SyncTimes syncTimes,
            LongSupplier nanoTime,
            Runnable doorbell,
            StorageFaults faults) {
        this.log = log;
        this.queue = new LogQueue(lastZxid);
        this.durable = new Position(0, lastZxid);
        this.commitZxid = commitZxid;
        this.known = new Committed(0, commitZxid);
        this.inlineSync = inlineSync;
        this.syncTimes = syncTimes;
        this.nanoTime = nanoTime;
        this.doorbell = doorbell;
        this.faults = faults;
    }

    void start() {
        thread.start();
    }

    /** Copies records into the open batch; they go on where it ends. Core thread. */
    public void append(Records records, long commitHint) {
        committed(commitHint);
        queue.open().batch().append(records);
    }

    /**
     * All records up to here are known to be committed: what is written next says so, or an empty batch once the log is idle.
     * Recovery delivers only what it finds to be committed. Core thread.
     */
    public void committed(long zxid) {
        if (Zxid.isAfter(zxid, known.zxid())) {
            known = new Committed(generation, zxid);
        }
    }

    /**
     * Takes back every record after {@code keepUpTo}, which was appended before. What is appended next follows {@code keepUpTo} and
     * belongs to this generation. Core thread.
     */
    public void truncate(int generation, long keepUpTo) {
        rewind(new Rewind.Truncate(generation, keepUpTo));
    }

    /**
     * Begins the log anew after a snapshot that is stored and durable; all older records are deleted. What is appended next
     * follows the snapshot and belongs to this generation. Core thread.
     */
    public void reset(int generation, SnapshotMeta base) {
        rewind(new Rewind.Reset(generation, base));
        committed(base.zxid());
    }

    /** Waits for nothing: what was not handed over yet is taken back where it is, however many batches are on their way. */
    private void rewind(Rewind rewind) {
        queue.open().rewind(rewind);
        generation = rewind.generation();
    }

    /** How far the log is durable, what was taken back included. Any thread. */
    public Position durable() {
        return durable;
    }

    /**
     * Hands the open batch over, unless so many are on their way that it had better grow. Core thread.
     *
     * @param mayWait whether the core has the time to write a short one by itself: a disk that has always been fast may stall
     * @return true if it is durable already, and the doorbell will not be rung for it
     */
    public boolean submit(boolean mayWait) {
        LogQueue.Slot slot = queue.open();
        if (slot.isBlank() || failed || !queue.canSubmit()) {
            return false;
        }
        boolean small = slot.rewind() == null
                && slot.batch().count() <= INLINE_RECORDS
                && slot.batch().lengthBytes() <= INLINE_BYTES;
        if (inlineSync && mayWait && small && queue.isIdle() && baton.tryLock()) {
            try {
                return submitInline(slot.batch().lengthBytes());
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

    /** Whether everything submitted is durable. */
    boolean isIdle() {
        return queue.isIdle();
    }

    /** Whether what was submitted goes on in the segment that is being written. While nobody writes. */
    boolean hasRoomForSubmitted() {
        for (long sequence = queue.durable() + 1; sequence <= queue.submitted(); sequence++) {
            if (queue.get(sequence).rewind() != null) {
                return false;
            }
        }
        return log.hasRoomFor(submittedBytes());
    }

    /** How long what was submitted is on disk. While nobody writes. */
    int submittedBytes() {
        int bytes = 0;
        for (long sequence = queue.durable() + 1; sequence <= queue.submitted(); sequence++) {
            bytes += queue.get(sequence).batch().lengthBytes();
        }
        return bytes;
    }

    /** Writes everything open and submitted on the calling thread, without ringing the doorbell. Core thread. */
    public void writeNow() {
        baton.lock();
        try {
            writeSubmitted();
            if (!failed && !queue.open().isBlank()) {
                queue.submit();
                writeSubmitted();
            }
        } finally {
            baton.unlock();
        }
    }

    private void run() {
        while (!failed) {
            if (!queue.isIdle()) {
                writeGroup();
            } else if (closing) {
                return;
            } else if (hintIsDue) {
                LockSupport.parkNanos(this, IDLE_NANOS);
                if (nanoTime.getAsLong() - lastWriteNanos >= IDLE_NANOS) {
                    writeHintIfIdle();
                }
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Makes durable what was submitted so far, and rings the doorbell. */
    void writeGroup() {
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
                stage(queue.get(sequence));
            }
            long start = nanoTime.getAsLong();
            log.commit();
            lastWriteNanos = nanoTime.getAsLong();
            syncTimes.record(lastWriteNanos - start);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return false;
        }
        durable = new Position(durable.generation(), queue.get(last).batch().lastZxid());
        hintIsDue = true;
        queue.markDurable(last);
        return true;
    }

    private void stage(LogQueue.Slot slot) throws IOException {
        Rewind rewind = slot.rewind();
        if (rewind != null) {
            switch (rewind) {
                case Rewind.Truncate truncate -> log.truncate(truncate.lastZxid());
                case Rewind.Reset reset -> log.reset(reset.base());
            }
            durable = new Position(rewind.generation(), rewind.lastZxid());
        }
        if (!slot.batch().isEmpty()) {
            stage(slot.batch());
        }
    }

    private void stage(RecordBatch batch) throws IOException {
        Committed newest = known;
        if (newest.generation() == durable.generation()) {
            commitZxid = newest.zxid();
        }
        long commitHint = Zxid.isAfter(commitZxid, batch.lastZxid()) ? batch.lastZxid() : commitZxid;
        log.stage(batch, commitHint, durable.zxid());
    }

    private void fail(Throwable cause) {
        boolean abandoned = failed;
        failed = true;
        if (!abandoned) {
            faults.storageFailed("the transaction log can't be written", cause);
        }
    }

    /** Writes down how far the log is durable, unless it goes on anyway. To be called when nothing was written for a while. */
    void writeHintIfIdle() {
        if (!queue.isIdle() || !baton.tryLock()) {
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

    /**
     * An empty batch that says how far the log is durable and committed: should the last batch rot, it can't pass for a torn
     * write.
     */
    private void writeHint() throws IOException {
        hintIsDue = false;
        hint.reset(durable.zxid());
        if (log.hasRoomFor(hint.lengthBytes())) {
            stage(hint);
        }
    }

    /** From now on nothing is written any more, as if the process had died: what is only submitted is lost. Any thread. */
    public void abandon() {
        failed = true;
        LockSupport.unpark(thread);
    }

    /** Writes and syncs everything submitted, then ends the thread. The core must not submit any more. */
    @Override
    public void close() throws IOException {
        closing = true;
        LockSupport.unpark(thread);
        SegmentPreparer.joinUninterruptibly(thread);
        if (!failed && Zxid.isAfter(durable.zxid(), Zxid.NONE)) {
            writeHint();
            log.commit();
        }
    }
}
