package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each rule of storage that the broadcast rests on, taken out: the simulator notices within the stated number of those seeds in which
 * the storage of production runs.
 */
class StorageMutationTest {
    private static final String LOG = "main/java/io/pando/zab/log/";

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
        an ack before the log is synced       | SegmentedLog.java    | if (forceSync) {               | if (!forceSync) {                 | 20
        a promise before its file is synced   | AtomicFile.java      | file.sync();                   | file.size();                      | 20
        a file whose new name is not synced   | AtomicFile.java      | files.syncDirectory(TemporaryFiles.directoryOf(path)); | files.list(path); | 20
        damage without a floor                | DamageRule.java      | promises.promise(promise.withFloor(floor, FloorReason.LOG_DAMAGED)); | promises.promise(promise); | 50
        no copy of the last segment at start  | LogStore.java        | all.add(segmentFiles.sealCopy(last.path(), last.header(), last.intactBytes())); | all.add(new SealedSegment(last.path(), last.header().segmentId(), last.header().baseZxid(), last.header().lengthBytes())); | 20
        a snapshot that is not checked        | SnapshotReader.java  | if (SnapshotHeader.chunkCrc(checksum, chunk, header.meta().zxid(), offset) != chunk.getInt(Integer.BYTES)) { | if (chunks < 0) { | 400
        a snapshot that is not synced         | SnapshotWriter.java  | file.sync();\\n        return offset; | return offset;                   | 200
        """)
    void a_rule_that_is_missing_is_missed(String rule, String file, String text, String instead, int seeds)
            throws Exception {
        Mutant mutant = Mutant.of(LOG + file, text.replace("\\n", "\n"), instead);

        boolean found = LongStream.iterate(1, seed -> seed + 1)
                .filter(StorageMutationTest::hasStoredDisks)
                .limit(seeds)
                .parallel()
                .anyMatch(seed -> fails(mutant, seed));

        assertTrue(found, () -> "Not found in " + seeds + " seeds: " + rule);
    }

    private static boolean hasStoredDisks(long seed) {
        return Profile.drawnFrom(new SplittableRandom(seed)).storage() != null;
    }

    private static boolean fails(Mutant mutant, long seed) {
        try {
            return !mutant.failureOf("", seed).isEmpty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
