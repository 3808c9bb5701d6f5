package io.pando.zab.log;

import io.pando.zab.model.Promise;
import io.pando.zab.model.Zxid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that one server has on disk, from the lock that keeps others out to the writer of its log.
 *
 * <p>In order: {@link #open}, {@link #recover}, {@link #startWriter}, {@link #close}; all on the starting thread. What the
 * running server uses says itself on which thread.
 */
public final class LogStore implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(LogStore.class);

    private final LogSettings settings;
    private final FileSystem files;
    private final Closeable locks;
    private final SegmentFiles segmentFiles;
    private final Ballast ballast;
    private final PromiseFile promiseFile;
    private final Identity identity;
    private final SnapshotStore snapshots;
    private final SyncTimes syncTimes;

    private Promise promise;
    private @Nullable Recovered recovered;
    private @Nullable SegmentPreparer preparer;
    private @Nullable SegmentedLog segments;
    private @Nullable LogWriter writer;
    private @Nullable Purge purge;

    private LogStore(LogSettings settings, FileSystem files, Closeable locks) throws IOException {
        this.settings = settings;
        this.files = files;
        this.locks = locks;
        this.segmentFiles = new SegmentFiles(files, settings.logDir());
        this.ballast = new Ballast(files, settings.dataDir(), settings.ballastBytes());
        this.promiseFile = new PromiseFile(files, settings.dataDir());
        this.syncTimes = new SyncTimes(settings.fsyncWarning());
        TemporaryFiles.sweep(files, settings.dataDir());
        TemporaryFiles.sweep(files, settings.logDir());
        Promise stored = promiseFile.read();
        this.promise = stored == null ? Promise.NONE : stored;
        this.identity = readOrChooseIdentity();
        this.snapshots = new SnapshotStore(files, settings.dataDir(), identity.clusterId());
    }

    /** Creates the directories if need be, locks them against other processes and reads who this server is. */
    public static LogStore open(LogSettings settings, FileSystem files) throws IOException {
        files.createDirectories(settings.dataDir());
        files.createDirectories(settings.logDir());
        Closeable locks = lock(settings, files);
        try {
            return new LogStore(settings, files, locks);
        } catch (IOException | RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    private static Closeable lock(LogSettings settings, FileSystem files) throws IOException {
        Closeable dataLock = files.lock(settings.dataDir());
        if (settings.logDir().toAbsolutePath().equals(settings.dataDir().toAbsolutePath())) {
            return dataLock;
        }
        try {
            Closeable logLock = files.lock(settings.logDir());
            return () -> {
                logLock.close();
                dataLock.close();
            };
        } catch (IOException e) {
            dataLock.close();
            throw e;
        }
    }

    private Identity readOrChooseIdentity() throws IOException {
        IdentityFile file = new IdentityFile(files, settings.dataDir());
        Identity known = file.read();
        if (known != null) {
            return known;
        }
        Path orphan = anyState();
        if (orphan != null) {
            throw new UnusableStorageException(
                    orphan,
                    "There is " + orphan + " but no identity file in " + settings.dataDir()
                            + ". Is dataDir the directory that this server has used before? If its identity was lost,"
                            + " restore dataDir and dataLogDir together from a backup.");
        }
        Identity chosen = new Identity(UUID.randomUUID(), 0, UUID.randomUUID());
        file.write(chosen);
        return chosen;
    }

    private @Nullable Path anyState() throws IOException {
        var segmentList = segmentFiles.list();
        if (!segmentList.isEmpty()) {
            return segmentList.getFirst();
        }
        var snapshotList = SnapshotStore.list(files, settings.dataDir());
        return snapshotList.isEmpty() ? null : snapshotList.getFirst();
    }

    /** Gives the target what the disk remembers, and says what that is; throws if it can't be trusted. */
    public RecoveredHistory recover(RecoveryTarget target) throws IOException {
        if (promise.acceptedEpoch() != 0 && segmentFiles.list().isEmpty()) {
            throw new UnusableStorageException(
                    settings.logDir(),
                    "This server has promised epoch " + promise.acceptedEpoch()
                            + ", but there is no transaction log in " + settings.logDir()
                            + ". Is dataLogDir the directory that it has used before?");
        }
        Recovery recovery = new Recovery(files, segmentFiles, snapshots, identity, settings.acceptLoss(), target);
        Recovered found = recovery.run();
        log.info(
                "Recovered up to {}: snapshot {}, {} transactions of the log after it.",
                Zxid.toString(found.lastZxid()),
                Zxid.toString(found.snapshotZxid()),
                found.replayedTxns());
        recovered = found;
        return new RecoveredHistory(
                found.lastZxid(), found.epochs(), found.snapshotZxid(), found.replayedTxns(), found.replayedBytes());
    }

    /** Begins a segment after what was recovered and starts the threads that write it. */
    public LogWriter startWriter(Runnable doorbell, StorageFaults faults) throws IOException {
        Recovered found = Objects.requireNonNull(recovered, "recover() comes first");
        SegmentPreparer prepares =
                new SegmentPreparer(segmentFiles, ballast, settings.segmentBytes(), this::purge, faults);
        List<SealedSegment> sealed = withEmergencySpace(() -> sealLast(found));
        SegmentedLog opened = withEmergencySpace(() -> SegmentedLog.continueAfter(
                found,
                sealed,
                identity.clusterId(),
                segmentFiles,
                prepares,
                settings.firstSegmentBytes(),
                settings.forceSync()));
        LogWriter starting = new LogWriter(
                opened,
                new LogQueue(found.lastZxid()),
                found.lastZxid(),
                settings.inlineSync(),
                syncTimes,
                doorbell,
                faults);
        preparer = prepares;
        segments = opened;
        writer = starting;
        purge = new Purge(snapshots, opened, settings.snapshotsKept(), settings.logKeptBytes());
        prepares.start();
        starting.start();
        return starting;
    }

    private List<SealedSegment> sealLast(Recovered found) throws IOException {
        List<SealedSegment> all = new ArrayList<>(found.sealed());
        var last = found.unsealed();
        if (last != null) {
            all.add(segmentFiles.sealCopy(last.path(), last.header(), last.intactBytes()));
        }
        return all;
    }

    private interface DiskTask<T> {
        T run() throws IOException;
    }

    private <T> T withEmergencySpace(DiskTask<T> task) throws IOException {
        try {
            return task.run();
        } catch (NoSpaceException e) {
            if (!ballast.release()) {
                throw e;
            }
            log.warn("The disk is full; going on with the space that was set aside for this.");
            return task.run();
        }
    }

    public Promise promise() {
        return promise;
    }

    /** Returns when the promise is durable. Core thread. */
    public void promise(Promise next) throws IOException {
        withEmergencySpace(() -> {
            promiseFile.write(next);
            return next;
        });
        promise = next;
    }

    public Identity identity() {
        return identity;
    }

    public SnapshotStore snapshots() {
        return snapshots;
    }

    /** Deletes what neither a restart nor a lagging learner needs; returns whether there is more space now. Any thread. */
    public boolean purge() throws IOException {
        return Objects.requireNonNull(purge, "startWriter() comes first").run();
    }

    /** Whether the log can be extended: false while the disk is full and the current segment is about to be. Any thread. */
    public boolean isWritable() {
        boolean full = Objects.requireNonNull(preparer).isDiskFull();
        return !full || log().hasReserve();
    }

    public LogFigures figures() {
        return new LogFigures(
                syncTimes.count(),
                syncTimes.totalNanos(),
                syncTimes.maxNanos(),
                log().appendedBytes(),
                log().lengthBytes(),
                log().segmentCount());
    }

    private SegmentedLog log() {
        return Objects.requireNonNull(segments, "startWriter() comes first");
    }

    /** Makes durable what was submitted, ends the threads and gives up the locks. */
    @Override
    public void close() throws IOException {
        try (locks) {
            if (writer != null) {
                writer.close();
            }
            if (preparer != null) {
                preparer.close();
            }
            if (segments != null) {
                segments.close();
            }
        }
    }
}
