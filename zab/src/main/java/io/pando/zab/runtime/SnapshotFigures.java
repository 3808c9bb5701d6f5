package io.pando.zab.runtime;

/** The newest snapshot that this server has written since it started. */
public record SnapshotFigures(long zxid, long lengthBytes, long tookMs) {}
