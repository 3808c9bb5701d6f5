package io.pando.zab.log;

import io.pando.zab.log.TailExamination.Tail;
import io.pando.zab.log.TailExamination.Verdict;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens at start: the newest good snapshot is installed and the log behind it is delivered, in one pass that checks what
 * it reads. In an ensemble of one, everything durable is committed.
 *
 * <p>Ends with a history that is a prefix of what was written and contains everything that was ever acknowledged, or with an
 * exception that names the file, the offset and the way out. Used once, on the starting thread.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final FileSystem files;
    private final SegmentFiles segmentFiles;
    private final SnapshotStore snapshots;
    private final Identity identity;
    private final boolean acceptLoss;
    private final RecoveryTarget target;

    private final List<SealedSegment> sealed = new ArrayList<>();
    private Recovered.@Nullable UnsealedSegment unsealed;
    private long snapshotZxid;
    private long lastZxid;
    private EpochTable epochs = EpochTable.EMPTY;
    private long replayedTxns;
    private long replayedBytes;

    Recovery(
            FileSystem files,
            SegmentFiles segmentFiles,
            SnapshotStore snapshots,
            Identity identity,
            boolean acceptLoss,
            RecoveryTarget target) {
        this.files = files;
        this.segmentFiles = segmentFiles;
        this.snapshots = snapshots;
        this.identity = identity;
        this.acceptLoss = acceptLoss;
        this.target = target;
    }

    Recovered run() throws IOException {
        List<FoundSegment> segments = findSegments();
        long nextSegmentId = segments.isEmpty() ? 1 : segments.getLast().segmentId() + 1;
        installSnapshot(segments);
        replay(segments);
        if (Zxid.isAfter(snapshotZxid, lastZxid)) {
            restartLogAtSnapshot(segments);
        }
        return new Recovered(
                lastZxid, epochs, sealed, unsealed, nextSegmentId, snapshotZxid, replayedTxns, replayedBytes);
    }

    private List<FoundSegment> findSegments() throws IOException {
        List<FoundSegment> found = new ArrayList<>();
        for (Path path : segmentFiles.list()) {
            FoundSegment segment = FoundSegment.read(files, path);
            SegmentHeader header = segment.header();
            if (header != null && !header.clusterId().equals(identity.clusterId())) {
                throw new UnusableStorageException(
                        path,
                        "Log segment " + path + " belongs to ensemble " + header.clusterId() + ", this server to "
                                + identity.clusterId()
                                + ". Point dataDir and dataLogDir at directories that belong together.");
            }
            found.add(segment);
        }
        return found;
    }

    private void installSnapshot(List<FoundSegment> segments) throws IOException {
        List<Path> candidates = snapshots.newestFirst();
        if (segments.isEmpty() && !candidates.isEmpty()) {
            throw new UnusableStorageException(
                    candidates.getFirst(),
                    "There is the snapshot " + candidates.getFirst()
                            + " but no transaction log with it. Is dataLogDir the"
                            + " directory that this server has used before?");
        }
        DamagedSnapshotException newestDamage = null;
        for (Path path : candidates) {
            try {
                if (!reaches(segments, SnapshotStore.zxidOf(path))) {
                    break;
                }
                install(path);
                return;
            } catch (DamagedSnapshotException e) {
                log.error("{}. Looking for an older one.", e.getMessage());
                newestDamage = newestDamage == null ? e : newestDamage;
            }
        }
        if (!reaches(segments, Zxid.NONE)) {
            throw new DamagedStorageException(noSnapshotFor(segments.getFirst(), newestDamage));
        }
    }

    private static DamageReport noSnapshotFor(FoundSegment first, @Nullable DamagedSnapshotException damaged) {
        if (damaged != null) {
            return damaged.asReport(first.baseZxid());
        }
        String what = "the log goes on from here, but the snapshot that it goes on from is missing";
        return new DamageReport(first.path(), 0, what, Zxid.NONE, first.baseZxid());
    }

    /** Whether the log has every record after this zxid. */
    private static boolean reaches(List<FoundSegment> segments, long zxid) {
        return segments.isEmpty() || !Zxid.isAfter(segments.getFirst().baseZxid(), zxid);
    }

    private void install(Path path) throws IOException {
        try (SnapshotReader reader = snapshots.open(path)) {
            target.install(reader, reader.header().zxid());
            reader.verifyToEnd();
            snapshots.markVerified(path);
            snapshotZxid = reader.header().zxid();
            epochs = reader.header().epochs();
        }
    }

    private void replay(List<FoundSegment> segments) throws IOException {
        int first = firstToReplay(segments);
        for (int i = 0; i < segments.size(); i++) {
            FoundSegment segment = segments.get(i);
            if (i < first) {
                sealed.add(segment.sealed(files));
                continue;
            }
            if (i == first) {
                lastZxid = segment.baseZxid();
            }
            FoundSegment next = i + 1 < segments.size() ? segments.get(i + 1) : null;
            DamageReport damage = replay(segment, next);
            if (damage != null) {
                giveUpAfter(damage, segments.subList(i + 1, segments.size()));
                break;
            }
        }
        if (unsealed != null && Zxid.isAfter(snapshotZxid, lastZxid) && !acceptLoss) {
            throw new DamagedStorageException(new DamageReport(
                    unsealed.path(),
                    unsealed.intactBytes(),
                    "the log ends here although a snapshot shows that it went on",
                    lastZxid,
                    snapshotZxid));
        }
    }

    /** The last segment that begins at or before the snapshot; what comes before it has nothing new. */
    private int firstToReplay(List<FoundSegment> segments) {
        int first = 0;
        for (int i = 0; i < segments.size(); i++) {
            SegmentHeader header = segments.get(i).header();
            if (header != null && !Zxid.isAfter(header.baseZxid(), snapshotZxid)) {
                first = i;
            }
        }
        return first;
    }

    /** Returns what is wrong with the segment, or null once all of it, up to where the next one begins, is delivered. */
    private @Nullable DamageReport replay(FoundSegment segment, @Nullable FoundSegment next) throws IOException {
        if (segment.header() == null) {
            return new DamageReport(
                    segment.path(), 0, "the header of this log segment is unreadable", lastZxid, lastZxid);
        }
        if (segment.baseZxid() != lastZxid) {
            return new DamageReport(
                    segment.path(),
                    0,
                    "it goes on after " + Zxid.toString(segment.baseZxid()) + ", the segment before it is missing",
                    lastZxid,
                    segment.baseZxid());
        }
        epochs = segment.header().epochs();
        try (SegmentScanner scanner = SegmentScanner.open(files, segment.path())) {
            while (scanner.next()) {
                deliver(scanner);
            }
            lastZxid = scanner.lastZxid();
            return next == null ? endLast(scanner, segment) : endSealed(scanner, segment, next);
        }
    }

    private void deliver(SegmentScanner scanner) throws IOException {
        BatchHeader batch = scanner.batch();
        long[] last = {batch.prevZxid()};
        scanner.forEachRecord((zxid, type, payload) -> {
            epochs = epochs.following(last[0], zxid);
            last[0] = zxid;
            if (type == RecordType.TXN && Zxid.isAfter(zxid, snapshotZxid)) {
                target.deliver(zxid, payload);
                replayedTxns++;
            }
        });
        if (Zxid.isAfter(batch.lastZxid(), snapshotZxid)) {
            replayedBytes += batch.lengthBytes();
        }
    }

    /** The next segment was named only after this one was durable to its end, so nothing short of that will do. */
    private @Nullable DamageReport endSealed(SegmentScanner scanner, FoundSegment segment, FoundSegment next)
            throws IOException {
        if (next.header() == null || lastZxid == next.baseZxid()) {
            sealed.add(segment.sealed(files));
            return null;
        }
        String flaw = scanner.flaw();
        return new DamageReport(
                segment.path(),
                scanner.offset(),
                flaw == null ? "records are missing" : flaw,
                lastZxid,
                next.baseZxid());
    }

    private @Nullable DamageReport endLast(SegmentScanner scanner, FoundSegment segment) throws IOException {
        Tail tail = scanner.examineTail().examine();
        if (tail.verdict() == Verdict.DAMAGED) {
            return new DamageReport(segment.path(), tail.offset(), tail.what(), lastZxid, tail.highestZxid());
        }
        if (tail.verdict() == Verdict.TORN) {
            log.warn(
                    "Log segment {} ends in a write that a crash cut short, at offset {}; it was never acknowledged"
                            + " and is cut off. The last record is {}.",
                    segment.path(),
                    tail.offset(),
                    Zxid.toString(lastZxid));
        }
        unsealed = new Recovered.UnsealedSegment(segment.path(), scanner.segment(), tail.offset());
        return null;
    }

    private void giveUpAfter(DamageReport damage, List<FoundSegment> behind) throws IOException {
        if (!acceptLoss) {
            throw new DamagedStorageException(damage);
        }
        log.error(
                "{} This loss is accepted as recovery.acceptLoss says: the log goes on after {}.",
                damage.describe(),
                Zxid.toString(lastZxid));
        for (FoundSegment later : behind.reversed()) {
            segmentFiles.delete(later.path());
        }
        if (damage.offset() < SegmentHeader.BYTES) {
            segmentFiles.delete(damage.file());
            return;
        }
        try (SegmentScanner scanner = SegmentScanner.open(files, damage.file())) {
            unsealed = new Recovered.UnsealedSegment(damage.file(), scanner.segment(), damage.offset());
        }
    }

    /** With the loss accepted, the snapshot may reach further than what is left of the log. */
    private void restartLogAtSnapshot(List<FoundSegment> segments) throws IOException {
        for (FoundSegment segment : segments) {
            segmentFiles.delete(segment.path());
        }
        sealed.clear();
        unsealed = null;
        lastZxid = snapshotZxid;
    }
}
