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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that one server has on disk, from the lock that keeps others out to the writer of its log.
 *
 * <p>In order: {@link #open}, {@link #recover}, {@link #startWriter}, {@link #close}; all on the starting thread. What the
 * running server uses says itself on which thread. A member of an ensemble that has none yet also needs {@link #adopt} before
 * it can write.
 */
public final class LogStore implements Closeable, DamageRule.Promises {
    private static final Logger log = LoggerFactory.getLogger(LogStore.class);

    private final LogSettings settings;
    private final FileSystem files;
    private final LongSupplier nanoTime;
    private final Closeable locks;
    private final SegmentFiles segmentFiles;
    private final Ballast ballast;
    private final Evidence evidence;
    private final PromiseFile promiseFile;
    private final IdentityFile identityFile;
    private final SnapshotStore snapshots;
    private final SyncTimes syncTimes;
    private final boolean promiseIsMissing;

    // Written by the starting thread, read by all that name a file of this ensemble.
    private volatile Identity identity;
    // Written by the starting thread, then by the one that makes promises; read by others.
    private volatile Promise promise;
    private @Nullable Recovered recovered;
    // Written by who opens and closes the log, read by whoever asks how it does. Null while there is none to write.
    private volatile @Nullable SegmentPreparer preparer;
    private volatile @Nullable SegmentedLog segments;
    private @Nullable LogWriter writer;
    private @Nullable Purge purge;

    private LogStore(LogSettings settings, FileSystem files, LongSupplier nanoTime, Closeable locks)
            throws IOException {
        this.settings = settings;
        this.files = files;
        this.nanoTime = nanoTime;
        this.locks = locks;
        this.segmentFiles = new SegmentFiles(files, settings.logDir(), settings.forceSync());
        this.ballast = new Ballast(files, settings.dataDir(), settings.ballastBytes());
        this.promiseFile = new PromiseFile(files, settings.dataDir());
        this.syncTimes = new SyncTimes(settings.fsyncWarning());
        TemporaryFiles.sweep(files, settings.dataDir());
        TemporaryFiles.sweep(files, settings.logDir());
        this.evidence = new Evidence(files, settings.dataDir(), settings.logDir());
        evidence.setAside();
        Promise stored = promiseFile.read();
        this.promise = stored == null ? Promise.NONE : stored;
        this.identityFile = new IdentityFile(files, settings.dataDir());
        this.identity = readOrChooseIdentity();
        this.snapshots =
                new SnapshotStore(files, settings.dataDir(), () -> identity().clusterId());
        this.promiseIsMissing = stored == null;
        if (!identity.isAdopted()) {
            Adoption.deleteLeftovers(files, segmentFiles);
        }
    }

    /** Creates the directories if need be, locks them against other processes and reads who this server is. */
    public static LogStore open(LogSettings settings, FileSystem files) throws IOException {
        return open(settings, files, System::nanoTime);
    }

    /** The same, with another clock to measure the disk by. */
    public static LogStore open(LogSettings settings, FileSystem files, LongSupplier nanoTime) throws IOException {
        files.createDirectories(settings.dataDir());
        files.createDirectories(settings.logDir());
        Closeable locks = lock(settings, files);
        try {
            return new LogStore(settings, files, nanoTime, locks);
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
        Identity known = identityFile.read();
        if (known != null) {
            refuseOtherServer(known);
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
        Identity chosen = new Identity(Identity.NO_CLUSTER, settings.serverId(), UUID.randomUUID());
        identityFile.write(chosen);
        return chosen;
    }

    private void refuseOtherServer(Identity known) throws UnusableStorageException {
        if (known.serverId() != settings.serverId()) {
            String alone = known.serverId() == 0
                    ? " A server that ran alone without a number is server 0; it can't become a member of an ensemble"
                            + " in this version: give all members empty data directories and copy the znodes with a"
                            + " client."
                    : "";
            throw new UnusableStorageException(
                    settings.dataDir(),
                    settings.dataDir() + " is the data directory of server " + known.serverId()
                            + ", but this is server " + settings.serverId()
                            + "." + alone + " Correct the server id, or point dataDir at this server's own directory.");
        }
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
        if (identity.isAdopted()
                && promise.acceptedEpoch() != 0
                && segmentFiles.list().isEmpty()) {
            throw new UnusableStorageException(
                    settings.logDir(),
                    "This server has promised epoch " + promise.acceptedEpoch()
                            + ", but there is no transaction log in " + settings.logDir()
                            + ". Is dataLogDir the directory that it has used before?");
        }
        SegmentInventory inventory = SegmentInventory.of(files, segmentFiles, identity.clusterId());
        refuseLostPromise(inventory);
        DamageRule damageRule = new DamageRule(settings, this);
        damageRule.forgetFloorIfLossIsAccepted();
        Recovered found = new Recovery(files, snapshots, inventory, damageRule, settings.alone(), target).run();
        RecoveredHistory history = found.history();
        log.info(
                "Recovered up to {}, committed up to {}: snapshot {}, {} transactions of the log after it.",
                Zxid.toString(history.lastZxid()),
                Zxid.toString(history.commitZxid()),
                Zxid.toString(found.snapshotZxid()),
                history.replayedTxns());
        recovered = found;
        return history;
    }

    /** What this server has promised can't be told any more, and a quorum may rely on it. Alone, it is a quorum itself. */
    private void refuseLostPromise(SegmentInventory inventory) throws IOException {
        if (promiseIsMissing && !settings.alone() && inventory.hasRecords(files)) {
            throw new UnusableStorageException(
                    settings.dataDir(),
                    "There is a history but no promise file in " + settings.dataDir()
                            + ". Restore dataDir and dataLogDir together from a backup, or empty both: the ensemble"
                            + " takes this server in again.");
        }
    }

    /**
     * Makes this the directory of a member of an ensemble. Only while the history is empty; then also of another one than before.
     * A writer that was started is closed: what follows the adoption needs a new one. Starting thread, or the core once it runs.
     */
    public void adopt(UUID clusterId) throws IOException {
        if (clusterId.equals(identity.clusterId())) {
            return;
        }
        Recovered found = Objects.requireNonNull(recovered, "recover() comes first");
        boolean written = writer != null && writer.durable().zxid() != Zxid.NONE;
        if (found.lastZxid() != Zxid.NONE || written) {
            throw new IllegalStateException("This server has a history of ensemble " + identity.clusterId()
                    + " and can't join ensemble " + clusterId + ".");
        }
        stopWriting();
        recovered = new Adoption(files, segmentFiles, identityFile).adopt(identity, clusterId, found);
        identity = identity.withCluster(clusterId);
        log.info("This is server {} of ensemble {} from now on.", identity.serverId(), clusterId);
    }

    /** Begins a segment after what was recovered and starts the threads that write it. */
    public LogWriter startWriter(Runnable doorbell, StorageFaults faults) throws IOException {
        LogWriter starting = openWriter(doorbell, faults);
        work().startThreads();
        return starting;
    }

    /** What the threads of the writer would do. After {@link #openWriter}. */
    public LogWork work() {
        return new Work(
                Objects.requireNonNull(writer, "openWriter() comes first"), preparer(), settings.segmentBytes());
    }

    private record Work(LogWriter writer, SegmentPreparer preparer, long segmentBytes) implements LogWork {
        @Override
        public void startThreads() {
            preparer.start();
            writer.start();
        }

        @Override
        public boolean isIdle() {
            return writer.isIdle();
        }

        @Override
        public boolean hasRoom() throws IOException {
            if (writer.hasRoomForSubmitted()) {
                return true;
            }
            preparer.request();
            boolean isPrepared = !preparer.prepareIfWanted();
            return isPrepared && writer.submittedBytes() <= segmentBytes - SegmentHeader.BYTES;
        }

        @Override
        public void writeGroup() {
            writer.writeGroup();
        }

        @Override
        public void writeHintIfIdle() {
            writer.writeHintIfIdle();
        }

        @Override
        public boolean prepareIfWanted() throws IOException {
            return preparer.prepareIfWanted();
        }
    }

    /** Begins a segment after what was recovered; nothing is written before somebody does the {@link #work}. */
    public LogWriter openWriter(Runnable doorbell, StorageFaults faults) throws IOException {
        Recovered found = Objects.requireNonNull(recovered, "recover() comes first");
        if (!identity.isAdopted()) {
            throw new IllegalStateException("adopt() comes first");
        }
        SegmentPreparer prepares =
                new SegmentPreparer(segmentFiles, ballast, settings.segmentBytes(), this::purge, faults);
        SegmentedLog opened = withEmergencySpace(() -> beginSegment(found, prepares));
        prepares.beginBallast();
        LogWriter opening = new LogWriter(
                opened,
                found.lastZxid(),
                found.replay().commitZxid(),
                settings.inlineSync(),
                syncTimes,
                nanoTime,
                doorbell,
                faults);
        preparer = prepares;
        segments = opened;
        writer = opening;
        purge = new Purge(snapshots, opened, settings.snapshotsKept(), settings.logKeptBytes());
        return opening;
    }

    SegmentPreparer preparer() {
        return Objects.requireNonNull(preparer, "startWriter() comes first");
    }

    private SegmentedLog beginSegment(Recovered found, SegmentPreparer prepares) throws IOException {
        for (Path path : found.discarded().reversed()) {
            segmentFiles.delete(path);
        }
        SegmentedLog opened = SegmentedLog.continueAfter(
                found,
                sealLast(found),
                identity.clusterId(),
                segmentFiles,
                new SegmentCut(files, segmentFiles),
                prepares,
                settings);
        for (Path path : found.superseded().reversed()) {
            segmentFiles.delete(path);
        }
        return opened;
    }

    /** Reads what the writer has made durable; for a thread of its own. */
    public LogReader reader() {
        return new LogReader(files, log(), Objects.requireNonNull(writer));
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

    @Override
    public Promise promise() {
        return promise;
    }

    /** Returns when the promise is durable. One thread at a time. */
    @Override
    public void promise(Promise next) throws IOException {
        withEmergencySpace(() -> {
            promiseFile.write(next);
            return next;
        });
        promise = next;
    }

    /**
     * What is stored here is wrong, and the others know better. Returns when it is durable that it must not be used any more: the next
     * start sets it aside and begins without data, or refuses, if that has happened before.
     *
     * @param report what was wrong, for people
     */
    public void disown(String report) throws IOException {
        withEmergencySpace(() -> {
            evidence.declare(report);
            return report;
        });
    }

    /** Whether data of this server was set aside, and nobody has moved it away since. */
    public boolean keepsEvidence() throws IOException {
        return evidence.isKept();
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

    /**
     * Whether the log can be extended: false while the disk is full and the current segment is, or is about to be. True where there is
     * no log yet. Any thread.
     */
    public boolean isWritable() {
        SegmentPreparer next = preparer;
        SegmentedLog current = segments;
        return next == null || current == null || !next.isDiskFull() || (!next.isAwaited() && current.hasReserve());
    }

    /** From now on a full disk is not waited for: what it has no room for is lost, as in a crash. Any thread. */
    public void giveUpOnFullDisk() {
        preparer().giveUpOnFullDisk();
    }

    /** Any thread. */
    public LogFigures figures() {
        SegmentedLog current = segments;
        return new LogFigures(
                syncTimes.count(),
                syncTimes.totalNanos(),
                syncTimes.maxNanos(),
                current == null ? 0 : current.appendedBytes(),
                current == null ? 0 : current.lengthBytes(),
                current == null ? 0 : current.segmentCount());
    }

    SegmentedLog log() {
        return Objects.requireNonNull(segments, "startWriter() comes first");
    }

    /** Makes durable what was submitted, ends the threads and gives up the locks. */
    @Override
    public void close() throws IOException {
        try (locks) {
            stopWriting();
        }
    }

    private void stopWriting() throws IOException {
        SegmentPreparer prepares = preparer;
        SegmentedLog opened = segments;
        if (prepares != null) {
            prepares.giveUpOnFullDisk();
        }
        if (writer != null) {
            writer.close();
            writer = null;
        }
        if (prepares != null) {
            prepares.close();
            preparer = null;
        }
        if (opened != null) {
            opened.close();
            segments = null;
        }
    }
}
