package io.pando.datatree;

/**
 * What the owner of a znode means. One long tells the kinds of znode apart, in the same way as ZooKeeper keeps it: 0 is
 * nobody (persistent), the top bit alone a container, a top byte of ones a time to live in milliseconds, and everything
 * else the id of the session that an ephemeral lives and dies with.
 */
public final class Owner {
    public static final long PERSISTENT = 0;
    public static final long CONTAINER = 0x8000_0000_0000_0000L;

    /** The longest time to live: about 34 years. */
    public static final long MAX_TTL_MS = (1L << 40) - 1;

    private static final long TTL = 0xff00_0000_0000_0000L;

    private Owner() {}

    /** The owner of a znode that may go once it was childless and unchanged for {@code ttlMs}, 1 to MAX_TTL_MS. */
    public static long ttl(long ttlMs) {
        if (ttlMs < 1 || ttlMs > MAX_TTL_MS) {
            throw new IllegalArgumentException("A time to live of " + ttlMs + " ms is not in 1.." + MAX_TTL_MS);
        }
        return TTL | ttlMs;
    }

    public static boolean isTtl(long owner) {
        return (owner & TTL) == TTL;
    }

    public static long ttlMs(long owner) {
        if (!isTtl(owner)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(owner) + " is not a time to live");
        }
        return owner & MAX_TTL_MS;
    }

    public static boolean isContainer(long owner) {
        return owner == CONTAINER;
    }

    /** True when {@code owner} can only be a session id. */
    public static boolean isEphemeral(long owner) {
        return owner != PERSISTENT && owner != CONTAINER && !isTtl(owner);
    }

    /** True for what one of the kinds above could have made; bits 40 to 55 of a time to live are reserved. */
    public static boolean isValid(long owner) {
        return !isTtl(owner) || ((owner & ~TTL) >= 1 && (owner & ~TTL) <= MAX_TTL_MS);
    }

    /** Kinds that the periodic scan may remove. */
    static boolean isReapable(long owner) {
        return owner == CONTAINER || isTtl(owner);
    }
}
