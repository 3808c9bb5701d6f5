package io.pando.datatree;

/**
 * The bookkeeping of a znode as clients see it. Zxids order changes, times are milliseconds since 1970 by the leader's
 * clock, {@code ephemeralOwner} is a session id or 0, and {@code cversion} counts creations and deletions of children.
 */
public record Stat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        int dataLength,
        int numChildren,
        long pzxid) {}
