package io.pando.zab.runtime;

import io.pando.zab.core.CoreConfig;
import io.pando.zab.log.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * How one server keeps its history. {@link #in} has the defaults; the {@code with} methods change one value each.
 *
 * @param dataDir of snapshots, identity and promise
 * @param logDir of the transaction log; may be the same
 * @param forceSync false skips every fdatasync of the log: faster, and a power cut may lose acknowledged writes
 * @param inlineSync lets the core thread write and sync a lone proposal itself, which saves two thread hand-overs
 * @param segmentBytes length of a log file
 * @param ballastBytes set aside for the day the disk is full
 * @param snapshotEveryTxns transactions after which a snapshot is taken, if {@code snapshotGrowthPercent} allows it; {@link
 *     SnapshotSchedule} draws when
 * @param snapshotGrowthPercent so much log as this part of the last snapshot's length has to be there before the number of
 *     transactions makes the next one due; 0 for none
 * @param snapshotEveryBytes bytes of log after which a snapshot is taken at the latest
 * @param snapshotsKept snapshots that purging leaves, each verified by reading it back
 * @param logKeptBytes bytes of log that purging leaves at least
 * @param fsyncWarning a sync that takes longer is worth a line in the log
 * @param acceptLoss starts although the log is damaged, for good without the records that can't be read
 * @param lastCounter the counter of a zxid at which a new epoch begins, as unsigned int
 * @param ensemble its place among the others
 */
public record ZabConfig(
        Path dataDir,
        Path logDir,
        boolean forceSync,
        boolean inlineSync,
        long segmentBytes,
        long ballastBytes,
        int snapshotEveryTxns,
        int snapshotGrowthPercent,
        long snapshotEveryBytes,
        int snapshotsKept,
        long logKeptBytes,
        Duration fsyncWarning,
        boolean acceptLoss,
        int lastCounter,
        EnsembleConfig ensemble) {

    private static final long MIN_SEGMENT_BYTES = 8 * 1024;
    private static final long MIB = 1024 * 1024;

    public ZabConfig {
        if (segmentBytes < MIN_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes is " + segmentBytes + ", must be at least " + MIN_SEGMENT_BYTES);
        }
        if (snapshotEveryTxns < 1 || snapshotEveryBytes < 1 || snapshotsKept < 1) {
            throw new IllegalArgumentException(
                    "snapshotEveryTxns, snapshotEveryBytes and snapshotsKept must be at least 1");
        }
        if (snapshotGrowthPercent < 0) {
            throw new IllegalArgumentException(
                    "snapshotGrowthPercent is " + snapshotGrowthPercent + ", must be at least 0");
        }
    }

    /** The defaults, with everything in one directory. */
    public static ZabConfig in(Path dataDir) {
        return new ZabConfig(
                dataDir,
                dataDir,
                true,
                true,
                64 * MIB,
                16 * MIB,
                500_000,
                100,
                1024 * MIB,
                3,
                256 * MIB,
                Duration.ofSeconds(1),
                false,
                CoreConfig.USUAL_LAST_COUNTER,
                EnsembleConfig.alone());
    }

    LogSettings log() {
        return new LogSettings(
                ensemble.serverId(),
                ensemble.isAlone(),
                dataDir,
                logDir,
                forceSync,
                inlineSync,
                segmentBytes,
                ballastBytes,
                snapshotsKept,
                logKeptBytes,
                fsyncWarning,
                acceptLoss);
    }

    CoreConfig core(UUID dataId) {
        return new CoreConfig(
                ensemble.serverId(),
                dataId,
                ensemble.initial(),
                ensemble.genesisByQuorum(),
                ensemble.limits(),
                ensemble.timing(),
                lastCounter);
    }

    public ZabConfig withDataDir(Path value) {
        return new ZabConfig(
                value,
                logDir,
                forceSync,
                inlineSync,
                segmentBytes,
                ballastBytes,
                snapshotEveryTxns,
                snapshotGrowthPercent,
                snapshotEveryBytes,
                snapshotsKept,
                logKeptBytes,
                fsyncWarning,
                acceptLoss,
                lastCounter,
                ensemble);
    }

    public ZabConfig withLogDir(Path value) {
        return with(next -> next.logDir = value);
    }

    public ZabConfig withForceSync(boolean value) {
        return with(next -> next.forceSync = value);
    }

    public ZabConfig withInlineSync(boolean value) {
        return with(next -> next.inlineSync = value);
    }

    public ZabConfig withSegmentBytes(long value) {
        return with(next -> next.segmentBytes = value);
    }

    public ZabConfig withBallastBytes(long value) {
        return with(next -> next.ballastBytes = value);
    }

    public ZabConfig withSnapshotEveryTxns(int value) {
        return with(next -> next.snapshotEveryTxns = value);
    }

    public ZabConfig withSnapshotGrowthPercent(int value) {
        return with(next -> next.snapshotGrowthPercent = value);
    }

    public ZabConfig withSnapshotEveryBytes(long value) {
        return with(next -> next.snapshotEveryBytes = value);
    }

    public ZabConfig withSnapshotsKept(int value) {
        return with(next -> next.snapshotsKept = value);
    }

    public ZabConfig withLogKeptBytes(long value) {
        return with(next -> next.logKeptBytes = value);
    }

    public ZabConfig withFsyncWarning(Duration value) {
        return with(next -> next.fsyncWarning = value);
    }

    public ZabConfig withAcceptLoss(boolean value) {
        return with(next -> next.acceptLoss = value);
    }

    public ZabConfig withLastCounter(int value) {
        return with(next -> next.lastCounter = value);
    }

    public ZabConfig withEnsemble(EnsembleConfig value) {
        return with(next -> next.ensemble = value);
    }

    private ZabConfig with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** A copy with one value about to change. */
    private static final class Draft {
        private final Path dataDir;
        private Path logDir;
        private boolean forceSync;
        private boolean inlineSync;
        private long segmentBytes;
        private long ballastBytes;
        private int snapshotEveryTxns;
        private int snapshotGrowthPercent;
        private long snapshotEveryBytes;
        private int snapshotsKept;
        private long logKeptBytes;
        private Duration fsyncWarning;
        private boolean acceptLoss;
        private int lastCounter;
        private EnsembleConfig ensemble;

        Draft(ZabConfig from) {
            dataDir = from.dataDir;
            logDir = from.logDir;
            forceSync = from.forceSync;
            inlineSync = from.inlineSync;
            segmentBytes = from.segmentBytes;
            ballastBytes = from.ballastBytes;
            snapshotEveryTxns = from.snapshotEveryTxns;
            snapshotGrowthPercent = from.snapshotGrowthPercent;
            snapshotEveryBytes = from.snapshotEveryBytes;
            snapshotsKept = from.snapshotsKept;
            logKeptBytes = from.logKeptBytes;
            fsyncWarning = from.fsyncWarning;
            acceptLoss = from.acceptLoss;
            lastCounter = from.lastCounter;
            ensemble = from.ensemble;
        }

        ZabConfig finished() {
            return new ZabConfig(
                    dataDir,
                    logDir,
                    forceSync,
                    inlineSync,
                    segmentBytes,
                    ballastBytes,
                    snapshotEveryTxns,
                    snapshotGrowthPercent,
                    snapshotEveryBytes,
                    snapshotsKept,
                    logKeptBytes,
                    fsyncWarning,
                    acceptLoss,
                    lastCounter,
                    ensemble);
        }
    }
}
