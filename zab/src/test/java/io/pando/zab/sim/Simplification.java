package io.pando.zab.sim;

/** Something that a world can do without: a story that fails in a plainer one is easier to understand. */
enum Simplification {
    THREE_SERVERS,
    NO_OBSERVERS,
    EQUAL_VOICES,
    /** Links neither break nor dawdle by themselves. */
    STEADY_LINKS,
    /** Disks are what their contract says, without the storage of production. */
    PLAIN_DISKS,
    LONG_EPOCHS,
    WIDE_WINDOWS,
    SMALL_RECORDS,
    /** What is due at the same time happens in the order in which it was asked for. */
    OLDEST_FIRST
}
