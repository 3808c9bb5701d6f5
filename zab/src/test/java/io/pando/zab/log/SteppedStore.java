package io.pando.zab.log;

import io.pando.zab.log.TailExamination.Verdict;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The storage of one member of an ensemble without its threads: each step of it is taken by whoever calls, so that a simulation
 * decides when. From the start of a process to its end, however that comes: there is nothing to close.
 */
public final class SteppedStore {
    private final LogStore store;
    private @Nullable LogWriter writer;
    private @Nullable LogReader reader;
    private @Nullable Throwable fault;

    private SteppedStore(LogStore store) {
        this.store = store;
    }

    /**
     * Opens the directories and recovers.
     *
     * @param dataId of the data directory, should this be the first start
     */
    public static SteppedStore open(LogSettings settings, FileSystem files, UUID dataId) throws IOException {
        identify(settings.dataDir(), settings.logDir(), settings.serverId(), files, dataId);
        return new SteppedStore(LogStore.open(settings, files));
    }

    /**
     * Gives directories that are still empty, or are about to be, an identity. Left to itself, the store would choose one by real
     * chance.
     */
    public static void identify(Path dataDir, Path logDir, long serverId, FileSystem files, UUID dataId)
            throws IOException {
        new Evidence(files, dataDir, logDir).setAside();
        boolean fresh = !files.exists(dataDir.resolve(IdentityFile.NAME))
                && SnapshotStore.list(files, dataDir).isEmpty()
                && new SegmentFiles(files, logDir).list().isEmpty();
        if (fresh) {
            new IdentityFile(files, dataDir).write(new Identity(Identity.NO_CLUSTER, serverId, dataId));
        }
    }

    /** Of the data directory, by which others know it; null if it was never used. */
    public static @Nullable UUID dataId(Path dataDir, FileSystem files) throws IOException {
        Identity identity = new IdentityFile(files, dataDir).read();
        return identity == null ? null : identity.dataId();
    }

    /** Whether a server has put data aside that turned out to be wrong. */
    public static boolean keepsEvidence(Path dataDir, Path logDir, FileSystem files) throws IOException {
        return new Evidence(files, dataDir, logDir).isKept();
    }

    /** What an operator does who has seen enough. */
    public static void removeEvidence(Path dataDir, Path logDir, FileSystem files) throws IOException {
        for (Path directory : List.of(dataDir, logDir)) {
            Path folder = directory.resolve("evidence");
            for (Path file : files.list(folder)) {
                files.delete(file);
            }
            files.syncDirectory(folder);
        }
    }

    public RecoveredHistory recover(RecoveryTarget target) throws IOException {
        RecoveredHistory history = store.recover(target);
        if (store.identity().isAdopted()) {
            openWriter();
        }
        return history;
    }

    /** What recovery is going to find at the end of the log; empty if there is no log, or its last header is damaged. */
    public static Optional<String> tailVerdict(LogSettings settings, FileSystem files) throws IOException {
        var segments = new SegmentFiles(files, settings.logDir()).list();
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        try (SegmentScanner scanner = SegmentScanner.open(files, segments.getLast())) {
            Verdict verdict = scanner.examineAll().verdict();
            return Optional.of(verdict.toString());
        } catch (DamagedStorageException e) {
            return Optional.empty();
        }
    }

    private void openWriter() throws IOException {
        writer = store.openWriter(() -> {}, (what, cause) -> fault = fault == null ? cause : fault);
        reader = store.reader();
    }

    private LogWriter writer() {
        return Objects.requireNonNull(writer, "A server without an ensemble writes nothing");
    }

    public boolean isAdopted() {
        return store.identity().isAdopted();
    }

    public UUID clusterId() {
        return store.identity().clusterId();
    }

    public UUID dataId() {
        return store.identity().dataId();
    }

    public void adopt(UUID clusterId) throws IOException {
        if (!clusterId.equals(clusterId())) {
            store.adopt(clusterId);
            openWriter();
        }
    }

    public Promise promise() {
        return store.promise();
    }

    public void promise(Promise next) throws IOException {
        store.promise(next);
    }

    // ---- the log

    public void append(Records records, long commitHint) {
        writer().append(records, commitHint);
    }

    public void truncate(int generation, long keepUpTo) {
        writer().truncate(generation, keepUpTo);
    }

    public void reset(int generation, SnapshotMeta base) {
        writer().reset(generation, base);
    }

    public void committed(long zxid) {
        if (writer != null) {
            writer.committed(zxid);
        }
    }

    /** Hands over what was appended; the next {@link #writeGroup} makes it durable. */
    public void submit() {
        writer().submit(false);
    }

    public void writeGroup() throws IOException {
        writer().writeGroup();
        throwFault();
    }

    /** Whether the log's thread would get through with {@link #writeGroup}, rather than wait for a segment that the disk has no room for. */
    public boolean hasRoomForGroup() throws IOException {
        return store.work().hasRoom();
    }

    public LogWriter.Position durable() {
        return writer == null ? new LogWriter.Position(0, 0) : writer.durable();
    }

    public void writeHint() throws IOException {
        if (writer != null) {
            writer.writeHintIfIdle();
            throwFault();
        }
    }

    /** Returns whether a segment is wanted for which there is no room. */
    public boolean prepareIfWanted() throws IOException {
        return writer != null && store.preparer().prepareIfWanted();
    }

    public boolean isWritable() {
        return writer == null || store.isWritable();
    }

    private void throwFault() throws IOException {
        switch (fault) {
            case null -> {}
            case IOException failed -> throw failed;
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    public @Nullable Records read(long afterZxid, int maxBytes) {
        return Objects.requireNonNull(reader).read(afterZxid, maxBytes);
    }

    // ---- snapshots

    public SnapshotStore snapshots() {
        return store.snapshots();
    }

    public boolean purge() throws IOException {
        return store.purge();
    }
}
