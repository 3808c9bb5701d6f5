package io.pando.zab.model;

/**
 * What a snapshot says about the history that it stands for.
 *
 * @param zxid the last record in it
 * @param epochs those that ended before it
 * @param membership the one in force at its zxid; version 0 if the history has named none yet
 */
public record SnapshotMeta(long zxid, EpochTable epochs, Membership membership) {}
