package io.pando.zab.model;

/**
 * The bits of a transaction id: the epoch in the high 32, the counter in the low 32, compared unsigned.
 *
 * <p>Zxids stay {@code long}s because millions of them live in logs and trees; this is the one home of their rules.
 */
public final class Zxid {

    /** Before the first record of any history. */
    public static final long NONE = 0;

    private Zxid() {}

    public static long of(int epoch, int counter) {
        return (long) epoch << 32 | Integer.toUnsignedLong(counter);
    }

    public static int epoch(long zxid) {
        return (int) (zxid >>> 32);
    }

    public static int counter(long zxid) {
        return (int) zxid;
    }

    public static boolean isAfter(long zxid, long other) {
        return Long.compareUnsigned(zxid, other) > 0;
    }

    public static long max(long one, long other) {
        return isAfter(one, other) ? one : other;
    }

    /** Whether a history may continue with {@code next}: the next counter of the same epoch, or the marker of a later one. */
    public static boolean mayFollow(long last, long next) {
        if (epoch(next) == epoch(last)) {
            return counter(last) != -1 && next == last + 1;
        }
        return counter(next) == 0 && Integer.compareUnsigned(epoch(next), epoch(last)) > 0;
    }

    /** As ZooKeeper prints it: {@code 0x500000007}. */
    public static String toString(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
