package io.pando.zab.log;

import java.nio.file.Path;
import java.util.UUID;

/**
 * What a look at one log segment has shown.
 *
 * @param baseZxid the zxid before its first record
 * @param lastZxid the last record that is intact; the base if there is none
 * @param writtenBytes of the file that are in use: where the intact part ends
 * @param verdict on what follows the intact part
 * @param remark the verdict in words
 */
public record SegmentInspection(
        Path file,
        UUID clusterId,
        long generation,
        long segmentId,
        long baseZxid,
        long lastZxid,
        long batches,
        long records,
        long lengthBytes,
        long writtenBytes,
        Verdict verdict,
        String remark) {

    /** How a segment ends. */
    public enum Verdict {
        /** Nothing is wrong with it. */
        INTACT,
        /** The last write was cut short by a crash; recovery cuts it off. */
        TORN,
        /** Records that may have been acknowledged can't be read. */
        DAMAGED
    }
}
