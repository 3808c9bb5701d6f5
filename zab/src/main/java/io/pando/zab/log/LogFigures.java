package io.pando.zab.log;

/**
 * What the log has done since the server started, for operators: nothing as long as the server belongs to no ensemble.
 *
 * @param lengthBytes of all segments
 */
public record LogFigures(
        long syncs, long syncNanosTotal, long syncNanosMax, long appendedBytes, long lengthBytes, int segments) {}
