package io.pando.zab.log;

import io.pando.zab.log.SegmentFiles.BlankSegment;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the next segment ready, so that the log never waits for zeros, and notices a full disk while the current segment still
 * has room: before anything is promised that could not be kept. Then it has purged what is not needed any more, and tries again.
 *
 * <p>Has a thread of its own, {@code zab-prepare}; the log's writer takes from it. As long as that is not started, nothing is done
 * before somebody calls {@link #prepareIfWanted} or takes.
 */
final class SegmentPreparer implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(SegmentPreparer.class);
    private static final long RETRY_SECONDS = 1;

    private final SegmentFiles segments;
    private final Ballast ballast;
    private final long segmentBytes;
    private final RoomMaker purge;
    private final StorageFaults faults;
    private final Thread thread = new Thread(this::run, "zab-prepare");

    // Where the preparing thread and the log's writer meet.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable BlankSegment ready;
    private long wantedBytes; // 0: none is wanted
    private boolean started;
    private boolean patient = true;
    private long prepared;
    private @Nullable IOException failure;
    private volatile boolean closed;

    // Written by the preparing thread and by the log's writer, read by whoever asks whether writes can be accepted.
    private volatile boolean diskFull;
    private volatile boolean awaited;

    /** Deletes what it can; returns whether that was anything. */
    interface RoomMaker {
        boolean makeRoom() throws IOException;
    }

    SegmentPreparer(SegmentFiles segments, Ballast ballast, long segmentBytes, RoomMaker purge, StorageFaults faults) {
        this.segments = segments;
        this.ballast = ballast;
        this.segmentBytes = segmentBytes;
        this.purge = purge;
        this.faults = faults;
        thread.setDaemon(true);
    }

    void start() {
        started = true;
        thread.start();
    }

    /** The current segment is in use: the next one will be needed. A server that nobody writes to never gets here. */
    void request() {
        lock.lock();
        try {
            want(segmentBytes);
        } finally {
            lock.unlock();
        }
    }

    private void want(long bytes) {
        wantedBytes = Math.max(wantedBytes, bytes);
        changed.signalAll();
    }

    /** Waits for the next segment, which is at least so long; while the disk is full, until there is room for it. */
    BlankSegment take(long minBytes) throws IOException {
        lock.lock();
        try {
            awaited = true;
            want(Math.max(segmentBytes, minBytes));
            while (ready == null || isLacking()) {
                if (failure != null || closed) {
                    throw new IOException("No log segment could be prepared", failure);
                }
                if (started && (patient || !diskFull)) {
                    changed.awaitUninterruptibly();
                } else if (started || !prepareOrMakeRoom()) {
                    throw new NoSpaceException("There is no room for the next log segment", null);
                }
            }
            BlankSegment taken = ready;
            ready = null;
            wantedBytes = 0;
            return taken;
        } finally {
            awaited = false;
            lock.unlock();
        }
    }

    /** From now on nobody waits for room: whoever takes from a full disk fails. */
    void giveUpOnFullDisk() {
        lock.lock();
        try {
            patient = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isLacking() {
        return wantedBytes > (ready == null ? 0 : ready.lengthBytes());
    }

    /** What the thread does on demand; returns whether there is still demand that could not be met. */
    boolean prepareIfWanted() throws IOException {
        while (isLacking()) {
            if (!prepareOrMakeRoom()) {
                return true;
            }
        }
        return false;
    }

    boolean isDiskFull() {
        return diskFull;
    }

    /** Whether the log can't go on without the next segment. */
    boolean isAwaited() {
        return awaited;
    }

    private void run() {
        try {
            while (awaitDemand()) {
                if (!prepareOrMakeRoom()) {
                    pause();
                }
            }
        } catch (IOException e) {
            fail(e);
            faults.storageFailed("preparing the next log segment failed", e);
        } catch (InterruptedException e) {
            fail(new IOException("Preparing log segments was interrupted", e));
        }
    }

    private boolean awaitDemand() throws InterruptedException {
        lock.lock();
        try {
            while (!isLacking() && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether trying again at once makes sense, if there is no segment yet; if not, the disk is full. */
    private boolean prepareOrMakeRoom() throws IOException {
        try {
            prepare();
            return true;
        } catch (NoSpaceException e) {
            if (purge.makeRoom()) {
                return true;
            }
            noticeFullDisk(e);
            return false;
        }
    }

    private void prepare() throws IOException {
        // A name of its own each: the one taken before may not have been renamed yet.
        offer(segments.createBlank("next-" + prepared++, demand(), () -> closed));
        restoreBallast();
        if (diskFull) {
            diskFull = false;
            log.info("There is space again for the next log segment; writes are accepted.");
        }
    }

    /** How long the next one has to be. One that is shorter is given up: its space may be needed. */
    private long demand() throws IOException {
        lock.lock();
        try {
            if (ready != null) {
                segments.discard(ready);
                ready = null;
            }
            return wantedBytes;
        } finally {
            lock.unlock();
        }
    }

    private void noticeFullDisk(NoSpaceException why) {
        if (!diskFull) {
            lock.lock();
            try {
                diskFull = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            log.error(
                    "The disk has no room for the next log segment, and nothing is left to purge: soon writes will be"
                            + " refused. Make space; it is looked for every second. {}.",
                    why.getMessage());
        }
    }

    /** Sets aside the least that a promise needs; the rest follows when the log grows. Before the thread is started. */
    void beginBallast() throws IOException {
        setAside(ballast::begin);
    }

    private void restoreBallast() throws IOException {
        setAside(ballast::restore);
    }

    private interface Taking {
        void take() throws IOException;
    }

    private void setAside(Taking space) throws IOException {
        try {
            space.take();
        } catch (NoSpaceException e) {
            log.warn("The disk has no room to set {} bytes aside for emergencies.", ballast.bytes());
        }
    }

    private void offer(BlankSegment blank) {
        lock.lock();
        try {
            ready = blank;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(RETRY_SECONDS);
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException e) {
        lock.lock();
        try {
            failure = e;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread; the blank segment that nobody took is swept away at the next start. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        joinUninterruptibly(thread);
        if (ready != null) {
            ready.file().close();
        }
    }

    static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
