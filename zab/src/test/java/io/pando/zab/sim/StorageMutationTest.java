package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each rule of storage that the broadcast rests on, taken out: the simulator notices within the stated number of seeds of a script, or
 * of those random ones in which the storage of production runs.
 *
 * <p>Three mutations of simulation.md section 7 have nothing here to be made of. <em>Checksums without a seed</em> (S5): what a reused
 * block held can't be met, because segments are never reused but written full of zeros, durably, before they have a name, and what is
 * cut off is left out of a copy; and a batch that lands elsewhere does not follow what is before it. The seed is for disks that write to
 * the wrong place, and {@code LogReaderTest} and {@code MemberRecoveryTest} show what damage becomes of. <em>A file position that is not
 * reset</em> (S5): after a cut the log goes on in a new segment, so there is no position to reset. <em>A fuzzy snapshot</em> (S15): what is
 * written is one immutable value, taken between two records; the state machine of the simulation has no other.
 */
class StorageMutationTest {
    private static final String LOG = "main/java/io/pando/zab/log/";
    private static final String AT_RANDOM = "stored";

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
        an ack before the log is synced               | SegmentedLog.java    | if (forceSync) { | if (!forceSync) { | stored | 20
        a sync that fails is passed over              | SegmentedLog.java    | if (forceSync) {\\n            active.sync(); | if (forceSync) {\\n            try { active.sync(); } catch (IOException passedOver) { } | stored | 20
        a full segment is not synced                  | SegmentedLog.java    | active.write();\\n        active.sync();\\n        active.close(); | active.write();\\n        active.close(); | stored | 50
        a promise before its file is synced           | TemporaryFiles.java  | written.sync(); | written.size(); | stored | 20
        a file whose new name is not synced           | TemporaryFiles.java  | files.syncDirectory(directoryOf(file)); | files.list(file); | stored | 20
        damage without a floor                        | DamageRule.java      | promises.promise(promise.withFloor(floor, FloorReason.LOG_DAMAGED)); | promises.promise(promise); | S8-bytes | 10
        a damaged end passes for a torn write         | TailExamination.java | return damaged(what() + ", and every sector of it was written"); | return new Tail(Verdict.TORN, offset, what(), highestZxid, true); | S8-bytes | 10
        what was durable passes for a torn write      | TailExamination.java | if (Zxid.isAfter(highestDurableHint, scanner.lastZxid())) { | if (highestDurableHint == -1) { | S8-bytes | 20
        a cut that fails is passed over               | LogWriter.java       | case Rewind.Truncate truncate -> log.truncate(truncate.lastZxid()); | case Rewind.Truncate truncate -> { try { log.truncate(truncate.lastZxid()); } catch (IOException passedOver) { } } | S5-bytes | 10
        the old log goes before the new one is there  | SegmentedLog.java    | begin(segments.createBlank("first", firstSegmentBytes, () -> false), base.zxid());\\n            while (!old.isEmpty()) {\\n                segments.delete(old.removeLast().path());\\n            } | while (!old.isEmpty()) {\\n                segments.delete(old.removeLast().path());\\n            }\\n            begin(segments.createBlank("first", firstSegmentBytes, () -> false), base.zxid()); | S13-bytes | 30
        the log is purged by count                    | SegmentedLog.java    | return Long.compareUnsigned(all.next().baseZxid(), zxid) <= 0 ? oldest : null; | return oldest; | stored | 30
        a snapshot counts though it is damaged        | SnapshotStore.java   | } else if (isGood(path)) { | } else if (path != null) { | S8-snapshots | 10
        a snapshot without its footer                 | SnapshotReader.java  | throw damaged("it ends in the middle"); | ended = true; chunk.limit(0); return; | S8-snapshots | 10
        no copy of the last segment at start          | LogStore.java        | all.add(segmentFiles.sealCopy(last.path(), last.header(), last.intactBytes())); | all.add(new SealedSegment(last.path(), last.header().segmentId(), last.header().baseZxid(), last.header().lengthBytes())); | stored | 20
        a snapshot that is not checked                | SnapshotReader.java  | if (SnapshotHeader.chunkCrc(checksum, chunk, header.meta().zxid(), offset) != chunk.getInt(Integer.BYTES)) { | if (chunks < 0) { | stored | 400
        a snapshot that is not synced                 | SnapshotWriter.java  | file.sync();\\n        return offset; | return offset; | stored | 200
        """)
    void a_rule_that_is_missing_is_missed(
            String rule, String file, String text, String instead, String scenario, int seeds) throws Exception {
        Mutant mutant = Mutant.of(LOG + file, text.replace("\\n", "\n"), instead.replace("\\n", "\n"));
        boolean random = scenario.equals(AT_RANDOM);

        LongStream some = LongStream.iterate(1, seed -> seed + 1)
                .filter(seed -> !random || hasStoredDisks(seed))
                .limit(seeds);
        boolean found = Search.finds(some, seed -> fails(mutant, random ? "" : scenario, seed));

        assertTrue(found, () -> "Not found in " + seeds + " seeds of " + scenario + ": " + rule);
    }

    private static boolean hasStoredDisks(long seed) {
        return Profile.drawnFrom(new SplittableRandom(seed)).storage() != null;
    }

    private static boolean fails(Mutant mutant, String scenario, long seed) {
        try {
            return !mutant.failureOf(scenario, seed).isEmpty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
