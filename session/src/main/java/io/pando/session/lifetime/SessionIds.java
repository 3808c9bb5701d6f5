package io.pando.session.lifetime;

/**
 * Gives out session ids: the server's id in the top byte, below it a clock's milliseconds at the server's start (five
 * bytes) and a counter (two bytes, which may run over into the clock's). So two servers never give out the same id, nor
 * does one before and after a restart, as long as it makes fewer than 65,536 sessions per millisecond of its life.
 *
 * <p>An id also says who owns an ephemeral znode, where 0 is nobody, {@code 0x8000000000000000} marks a container and
 * {@code 0xff…} a znode with a time to live: these are never given out. Belongs to one thread.
 */
public final class SessionIds {
    private static final int COUNTER_BITS = 16;
    private static final int SERVER_SHIFT = 56;
    private static final long BELOW_SERVER = (1L << SERVER_SHIFT) - 1;
    private static final int TTL_MARK = 0xff;

    private final long server;
    private long next;

    /**
     * @param serverId its lowest eight bits count, and must not be 255
     * @param startMs of a clock that does not go back when the server is started again
     */
    public SessionIds(long serverId, long startMs) {
        long topByte = serverId & 0xff;
        if (topByte == TTL_MARK) {
            throw new IllegalArgumentException("The lowest byte of server id " + serverId
                    + " is 255, which marks znodes with a time to live; give the server an id from 0 to 254");
        }
        this.server = topByte << SERVER_SHIFT;
        this.next = (startMs << COUNTER_BITS) & BELOW_SERVER;
    }

    public long next() {
        if (next == 0) {
            next++; // With nothing below the server's byte it could be no id at all, or the mark of containers.
        }
        long id = server | next;
        next = (next + 1) & BELOW_SERVER;
        return id;
    }
}
