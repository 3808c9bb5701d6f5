package io.pando.zab.log;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how a server keeps its log.
 *
 * @param serverId who it is; a directory of another server is refused
 * @param alone an ensemble of one, whose damage nobody else can repair: it is refused rather than presented as a shorter log
 * @param forceSync false skips every fdatasync of the log: faster, and a power cut may lose acknowledged writes
 * @param inlineSync lets the proposing thread write and sync a lone batch itself instead of waking the log thread
 * @param ballastBytes set aside for the day the disk is full
 * @param snapshotsKept good snapshots that purging leaves
 * @param logKeptBytes bytes of log that purging leaves at least
 * @param acceptLoss starts although the log is damaged, without the records that can't be read
 */
public record LogSettings(
        long serverId,
        boolean alone,
        Path dataDir,
        Path logDir,
        boolean forceSync,
        boolean inlineSync,
        long segmentBytes,
        long ballastBytes,
        int snapshotsKept,
        long logKeptBytes,
        Duration fsyncWarning,
        boolean acceptLoss) {

    private static final long FIRST_SEGMENT_BYTES = 4 * 1024 * 1024;

    /** A server does not wait at its start for a whole segment to be filled with zeros. */
    long firstSegmentBytes() {
        return Math.min(FIRST_SEGMENT_BYTES, segmentBytes);
    }
}
