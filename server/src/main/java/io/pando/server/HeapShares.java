package io.pando.server;

/**
 * How much of the heap each kind of what waits may take. Together that is half of it at most, however small it is: the other half is for the tree, sessions and
 * watches, and for what is alive for a moment only.
 *
 * @param underWayBytes requests of clients that are let in and not settled, in a whole ensemble
 * @param historyBytes the newest records, kept for servers that lag behind
 * @param unreadBytes what clients have asked for and not taken
 */
record HeapShares(long underWayBytes, long historyBytes, long unreadBytes) {
    private static final long ENOUGH_UNDER_WAY_BYTES = 64L << 20;
    private static final long ENOUGH_HISTORY_BYTES = 24L << 20; // what is older is read from the log, which is fast
    private static final int PART = 8;
    private static final int PART_FOR_UNREAD = 4;

    /** @param heapBytes the largest size of the heap */
    static HeapShares of(long heapBytes) {
        long part = heapBytes / PART;
        return new HeapShares(
                Math.min(ENOUGH_UNDER_WAY_BYTES, part),
                Math.min(ENOUGH_HISTORY_BYTES, part),
                heapBytes / PART_FOR_UNREAD);
    }

    static HeapShares ofThisJvm() {
        return of(Runtime.getRuntime().maxMemory());
    }
}
