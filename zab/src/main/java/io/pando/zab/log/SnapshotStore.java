package io.pando.zab.log;

import io.pando.zab.model.SnapshotMeta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of a data directory: written under a temporary name, synced, renamed, and counted as a snapshot only after they
 * were read back.
 *
 * <p>Used by the starting thread first. Once the server runs, the snapshot thread writes, and a full disk lets the thread that
 * prepares segments purge as well: one at a time. What comes from and goes to other servers may have threads of its own.
 */
public final class SnapshotStore {
    private static final Logger log = LoggerFactory.getLogger(SnapshotStore.class);
    private static final String SUFFIX = ".snapshot";

    private final FileSystem files;
    private final Path dataDir;
    private final Supplier<UUID> clusterId;
    // With their lengths in bytes, oldest first. Added to also by a thread that receives.
    private final ConcurrentSkipListMap<Path, Long> verified = new ConcurrentSkipListMap<>();
    // So that a disk that stays full does not have them read again and again.
    private final Set<Path> damaged = new HashSet<>();

    SnapshotStore(FileSystem files, Path dataDir, Supplier<UUID> clusterId) {
        this.files = files;
        this.dataDir = dataDir;
        this.clusterId = clusterId;
    }

    /** All files that claim to be snapshots, newest first. */
    static List<Path> list(FileSystem files, Path dataDir) throws IOException {
        List<Path> snapshots = new ArrayList<>();
        for (Path file : files.list(dataDir)) {
            if (file.getFileName().toString().matches("[0-9a-f]{16}\\" + SUFFIX)) {
                snapshots.add(file);
            }
        }
        snapshots.sort(Comparator.reverseOrder());
        return snapshots;
    }

    List<Path> newestFirst() throws IOException {
        return list(files, dataDir);
    }

    static long zxidOf(Path snapshot) {
        return Long.parseUnsignedLong(snapshot.getFileName().toString().substring(0, 16), 16);
    }

    /** Returns the length in bytes when the snapshot is durable and was read back. */
    public synchronized long write(SnapshotMeta meta, SnapshotContent content) throws IOException {
        Path path = pathOf(meta.zxid());
        Path temporary = TemporaryFiles.of(path);
        long lengthBytes;
        try (StoredFile file = files.create(temporary)) {
            SnapshotWriter writer = new SnapshotWriter(file, new SnapshotHeader(clusterId.get(), meta));
            content.writeTo(writer);
            lengthBytes = writer.finish();
        } catch (NoSpaceException e) {
            files.delete(temporary);
            throw e;
        }
        files.rename(temporary, path);
        files.syncDirectory(dataDir);
        verify(path);
        return lengthBytes;
    }

    private Path pathOf(long zxid) {
        return dataDir.resolve("%016x%s".formatted(zxid, SUFFIX));
    }

    /** The length of the newest snapshot that was read to its end, in bytes; 0 if there is none. Any thread. */
    public long newestLengthBytes() {
        Map.Entry<Path, Long> newest = verified.lastEntry();
        return newest == null ? 0 : newest.getValue();
    }

    /** The newest snapshot that was read to its end, or null if there is none. To be closed. */
    public @Nullable OutgoingSnapshot newest() throws IOException {
        for (Path path : newestFirst()) {
            if (verified.containsKey(path)) {
                return outgoing(path);
            }
        }
        return null;
    }

    /** The verified snapshot at exactly this zxid, or null if there is none. To be closed. */
    public @Nullable OutgoingSnapshot at(long zxid) throws IOException {
        Path path = pathOf(zxid);
        return verified.containsKey(path) ? outgoing(path) : null;
    }

    /** The content of the snapshot at exactly this zxid: its bytes are checked while they are read. */
    public InputStream read(long zxid) throws IOException {
        return open(pathOf(zxid));
    }

    private OutgoingSnapshot outgoing(Path path) throws IOException {
        StoredFile file = files.open(path);
        try {
            return new OutgoingSnapshot(
                    file, SnapshotHeader.read(file, path).header().meta(), file.size());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Makes a place for a snapshot that another server sends: so many bytes, the state at this zxid. */
    public IncomingSnapshot receive(long zxid, long lengthBytes) throws IOException {
        // A name of its own, so that a snapshot taken here meanwhile does not meet it.
        Path temporary = TemporaryFiles.of(dataDir.resolve("%016x.received".formatted(zxid)));
        return new IncomingSnapshot(this, temporary, files.create(temporary), zxid, lengthBytes);
    }

    /** Checks a received snapshot from end to end and gives it its name; durable on return. */
    SnapshotMeta accept(Path received, long zxid) throws IOException {
        Path path = pathOf(zxid);
        SnapshotMeta meta;
        long lengthBytes;
        try (SnapshotReader reader = open(received, zxid)) {
            reader.verifyToEnd();
            meta = reader.header().meta();
            lengthBytes = reader.lengthBytes();
        }
        files.rename(received, path);
        files.syncDirectory(dataDir);
        verified.put(path, lengthBytes);
        return meta;
    }

    void abandon(Path received) throws IOException {
        files.delete(received);
    }

    private void verify(Path path) throws IOException {
        try (SnapshotReader reader = open(path)) {
            reader.verifyToEnd();
            markVerified(path, reader);
        }
        damaged.remove(path);
    }

    /** Opens a snapshot of this ensemble at the zxid that its name says. */
    SnapshotReader open(Path path) throws IOException {
        return open(path, zxidOf(path));
    }

    private SnapshotReader open(Path path, long zxid) throws IOException {
        SnapshotReader reader = SnapshotReader.open(files, path);
        SnapshotHeader header = reader.header();
        if (!header.clusterId().equals(clusterId.get())) {
            reader.close();
            throw new UnusableStorageException(
                    path,
                    "Snapshot " + path + " belongs to ensemble " + header.clusterId() + ", this server to "
                            + clusterId.get()
                            + ". Move it away, or point dataDir at the directory it came from.");
        }
        if (header.meta().zxid() != zxid) {
            reader.close();
            throw new DamagedSnapshotException(path, 0, "its name and its header disagree about its zxid");
        }
        return reader;
    }

    /** What was read to the end, also by recovery, is as good as read back. */
    void markVerified(Path path, SnapshotReader readToEnd) throws IOException {
        verified.put(path, readToEnd.lengthBytes());
    }

    /** Deletes all snapshots older than the newest {@code kept} good ones. */
    synchronized Purged purge(int kept) throws IOException {
        int good = 0;
        int deleted = 0;
        long oldestGood = 0;
        for (Path path : newestFirst()) {
            if (good == kept) {
                files.delete(path);
                files.syncDirectory(dataDir);
                verified.remove(path);
                damaged.remove(path);
                deleted++;
            } else if (isGood(path)) {
                good++;
                oldestGood = zxidOf(path);
            }
        }
        return new Purged(deleted, good == kept ? oldestGood : 0);
    }

    /**
     * What a purge has done.
     *
     * @param deleted how many snapshots are gone
     * @param oldestNeeded the zxid of the oldest good snapshot that recovery may fall back to; 0 while there are fewer than are to
     *     be kept, because until then it may need the log from its beginning
     */
    record Purged(int deleted, long oldestNeeded) {}

    private boolean isGood(Path path) throws IOException {
        if (damaged.contains(path)) {
            return false;
        }
        if (!verified.containsKey(path)) {
            try {
                verify(path);
            } catch (DamagedSnapshotException | UnusableStorageException e) {
                log.warn("{}; it does not count as a snapshot and is kept aside.", e.getMessage());
                damaged.add(path);
                return false;
            }
        }
        return true;
    }
}
