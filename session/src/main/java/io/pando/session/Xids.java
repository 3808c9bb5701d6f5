package io.pando.session;

/**
 * The request numbers with a meaning of their own. Ordinary requests count up from 1, and a reply repeats the number
 * of its request.
 */
public final class Xids {
    /** In front of a {@link WatchEvent}. */
    public static final int NOTIFICATION = -1;

    /** Every answer to a ping carries it, whatever the ping itself did. */
    public static final int PING = -2;

    public static final int AUTH = -4;

    /** The watches a client sets again by itself after it has reconnected. */
    public static final int SET_WATCHES = -8;

    private Xids() {}
}
