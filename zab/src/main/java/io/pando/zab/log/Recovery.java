package io.pando.zab.log;

import io.pando.zab.log.TailExamination.Tail;
import io.pando.zab.log.TailExamination.Verdict;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens at start: the newest good snapshot is installed, and what the log behind it knows to be committed is delivered, in
 * one pass that checks what it reads.
 *
 * <p>Ends with a history that is a prefix of what was written. It contains everything that was ever acknowledged, or
 * {@link DamageRule} has agreed to go on without. Changes no file: what has to be cut or deleted is left to the start of the
 * writer. Used once, on the starting thread.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final FileSystem files;
    private final SnapshotStore snapshots;
    private final SegmentInventory inventory;
    private final DamageRule damageRule;
    private final boolean alone;
    private final RecoveryTarget target;
    private final Replay replay;

    private final List<SealedSegment> sealed = new ArrayList<>();
    private final List<Path> discarded = new ArrayList<>();
    private final List<Path> superseded;
    private Recovered.@Nullable UnsealedSegment unsealed;
    private @Nullable SnapshotMeta snapshot;
    private long generation;
    private long lastZxid;
    private EpochTable epochs = EpochTable.EMPTY;

    Recovery(
            FileSystem files,
            SnapshotStore snapshots,
            SegmentInventory inventory,
            DamageRule damageRule,
            boolean alone,
            RecoveryTarget target) {
        this.files = files;
        this.snapshots = snapshots;
        this.inventory = inventory;
        this.damageRule = damageRule;
        this.alone = alone;
        this.target = target;
        this.replay = new Replay(target);
        this.superseded = new ArrayList<>(inventory.superseded());
        this.generation = inventory.generation();
    }

    Recovered run() throws IOException {
        if (installSnapshot()) {
            replay();
            epochs = replay.epochs();
            if (snapshot != null && !replay.contains(snapshot, lastZxid)) {
                completeInstallation(snapshot);
            }
        } else {
            startOver(Zxid.NONE, EpochTable.EMPTY);
        }
        return new Recovered(
                lastZxid,
                epochs,
                sealed,
                unsealed,
                discarded,
                superseded,
                generation,
                inventory.nextSegmentId(),
                snapshot,
                replay);
    }

    /** Returns whether the log continues from a state that there is: that of a snapshot, or the empty one. */
    private boolean installSnapshot() throws IOException {
        List<Path> candidates = snapshots.newestFirst();
        if (inventory.log().isEmpty() && !candidates.isEmpty()) {
            throw new UnusableStorageException(
                    candidates.getFirst(),
                    "There is the snapshot " + candidates.getFirst()
                            + " but no transaction log with it. Is dataLogDir the"
                            + " directory that this server has used before?");
        }
        DamagedSnapshotException newestDamage = null;
        for (Path path : candidates) {
            try {
                if (!logReaches(SnapshotStore.zxidOf(path))) {
                    break;
                }
                install(path);
                return true;
            } catch (DamagedSnapshotException e) {
                log.error("{}. Looking for an older one.", e.getMessage());
                newestDamage = newestDamage == null ? e : newestDamage;
            }
        }
        if (logReaches(Zxid.NONE)) {
            return true;
        }
        damageRule.goOnWithout(withEvidence(noSnapshotFor(inventory.log().getFirst(), newestDamage), inventory.log()));
        return false;
    }

    private static DamageReport noSnapshotFor(FoundSegment first, @Nullable DamagedSnapshotException damaged) {
        if (damaged != null) {
            return damaged.asReport(first.baseZxid());
        }
        String what = "the log goes on from here, but the snapshot that it goes on from is missing";
        return new DamageReport(first.path(), 0, what, Zxid.NONE, first.baseZxid(), true);
    }

    /** Whether the log has every record after this zxid. */
    private boolean logReaches(long zxid) {
        List<FoundSegment> segments = inventory.log();
        return segments.isEmpty() || !Zxid.isAfter(segments.getFirst().baseZxid(), zxid);
    }

    private void install(Path path) throws IOException {
        try (SnapshotReader reader = snapshots.open(path)) {
            SnapshotMeta meta = reader.header().meta();
            target.install(reader, meta.zxid());
            reader.verifyToEnd();
            snapshots.markVerified(path, reader);
            snapshot = meta;
            replay.beginAfter(meta);
        }
    }

    private void replay() throws IOException {
        List<FoundSegment> segments = inventory.log();
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
                return;
            }
        }
    }

    /** The last segment that begins at or before the snapshot; what comes before it has nothing new. */
    private int firstToReplay(List<FoundSegment> segments) {
        long from = snapshot == null ? Zxid.NONE : snapshot.zxid();
        int first = 0;
        for (int i = 0; i < segments.size(); i++) {
            SegmentHeader header = segments.get(i).header();
            if (header != null && !Zxid.isAfter(header.baseZxid(), from)) {
                first = i;
            }
        }
        return first;
    }

    /** Returns what is wrong with the segment, or null once all of it, up to where the next one begins, is taken. */
    private @Nullable DamageReport replay(FoundSegment segment, @Nullable FoundSegment next) throws IOException {
        if (segment.header() == null) {
            return new DamageReport(
                    segment.path(), 0, "the header of this log segment is unreadable", lastZxid, lastZxid, false);
        }
        if (segment.baseZxid() != lastZxid) {
            return new DamageReport(
                    segment.path(),
                    0,
                    "it goes on after " + Zxid.toString(segment.baseZxid()) + ", the segment before it is missing",
                    lastZxid,
                    segment.baseZxid(),
                    false);
        }
        replay.beginSegment(segment.header().epochs());
        try (SegmentScanner scanner = SegmentScanner.open(files, segment.path())) {
            while (scanner.next()) {
                replay.take(scanner);
            }
            lastZxid = scanner.lastZxid();
            return next == null ? endLast(scanner, segment) : endSealed(scanner, segment, next);
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
                next.baseZxid(),
                true);
    }

    private @Nullable DamageReport endLast(SegmentScanner scanner, FoundSegment segment) throws IOException {
        Tail tail = scanner.examineTail().examine();
        if (tail.verdict() == Verdict.DAMAGED) {
            return new DamageReport(
                    segment.path(), tail.offset(), tail.what(), lastZxid, tail.highestZxid(), tail.extentKnown());
        }
        if (tail.verdict() == Verdict.TORN) {
            log.warn(
                    "Log segment {} ends in a write that a crash cut short, at offset {}; it was never acknowledged"
                            + " and is cut off. The last record is {}.",
                    segment.path(),
                    tail.offset(),
                    Zxid.toString(lastZxid));
        }
        endWith(segment, scanner.segment(), tail.offset());
        return null;
    }

    private void endWith(FoundSegment segment, SegmentHeader header, long intactBytes) {
        if (intactBytes == SegmentHeader.BYTES) {
            superseded.add(segment.path());
        } else {
            unsealed = new Recovered.UnsealedSegment(segment.path(), header, intactBytes);
        }
    }

    private void giveUpAfter(DamageReport damage, List<FoundSegment> behind) throws IOException {
        damageRule.goOnWithout(withEvidence(damage, behind));
        FoundSegment damaged = inventory.log().get(inventory.log().size() - behind.size() - 1);
        if (damage.offset() >= SegmentHeader.BYTES && damaged.header() != null) {
            endWith(damaged, damaged.header(), damage.offset());
        } else {
            discarded.add(damaged.path());
        }
        behind.forEach(segment -> discarded.add(segment.path()));
        if (sealed.isEmpty() && unsealed == null) {
            // Nothing is kept. Deleted before there is another segment, they would leave a member without any log.
            superseded.addAll(discarded);
            discarded.clear();
            generation++;
        }
    }

    /** Looks for the highest zxid that may have been acknowledged in what lies behind the damage. */
    private DamageReport withEvidence(DamageReport damage, List<FoundSegment> behind) throws IOException {
        DamageReport widest = damage;
        for (FoundSegment segment : behind) {
            if (segment.header() == null) {
                widest = widest.reaching(Zxid.NONE, false);
                continue;
            }
            try (SegmentScanner scanner = SegmentScanner.open(files, segment.path())) {
                Tail tail = scanner.examineAll();
                boolean known = tail.verdict() != Verdict.DAMAGED || tail.extentKnown();
                widest = widest.reaching(tail.highestZxid(), known);
            }
        }
        return widest;
    }

    /**
     * A snapshot that is no point of the log was received from the leader to take its place, and a crash came in between. In a
     * server that runs alone it can only mean that the log has lost its end.
     */
    private void completeInstallation(SnapshotMeta received) throws IOException {
        if (alone) {
            damageRule.goOnWithout(new DamageReport(
                    inventory.log().getLast().path(),
                    unsealed == null ? SegmentHeader.BYTES : unsealed.intactBytes(),
                    "the log ends here although a snapshot shows that it went on",
                    lastZxid,
                    received.zxid(),
                    true));
        }
        startOver(received.zxid(), received.epochs());
        log.info("The log begins anew after the snapshot at {}.", Zxid.toString(received.zxid()));
    }

    private void startOver(long zxid, EpochTable table) {
        sealed.clear();
        unsealed = null;
        discarded.clear();
        superseded.clear();
        superseded.addAll(inventory.superseded());
        inventory.log().forEach(segment -> superseded.add(segment.path()));
        generation++;
        lastZxid = zxid;
        epochs = table;
    }
}
