package io.pando.server.connection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all clients together were answered and have not taken yet. One client alone is held up by its own socket, but thousands may each ask for a
 * megabyte and read none of it: then those that hold most are given up, and the others served.
 *
 * <p>Where event loops meet. Nobody counts what clients take: it is looked at again whenever enough was added.
 */
final class Backlog {
    /** So much of the limit may be added between two looks. */
    private static final int LOOKS = 8;

    private final Connections connections;
    private final long limitBytes;
    private final AtomicLong grown = new AtomicLong();

    /** @param limitBytes above which connections are given up */
    Backlog(Connections connections, long limitBytes) {
        this.connections = connections;
        this.limitBytes = limitBytes;
    }

    /** A client was sent so much that it has not taken at once. Its event loop. */
    void grewBy(long bytes) {
        if (bytes > 0 && grown.addAndGet(bytes) > limitBytes / LOOKS) {
            grown.set(0);
            look();
        }
    }

    private void look() {
        List<Holder> holders = new ArrayList<>();
        Set<byte[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long unsent = 0;
        for (OpenConnection connection : connections.all()) {
            long bytes = connection.unsentBytes() + bytesOfNew(connection.borrowed(), seen);
            unsent += bytes;
            if (bytes > 0) {
                holders.add(new Holder(connection, bytes));
            }
        }
        if (unsent > limitBytes) {
            holders.sort(Comparator.comparingLong(Holder::bytes).reversed());
            for (Holder most : holders) {
                most.connection().giveUp();
                unsent -= most.bytes();
                if (unsent <= limitBytes - limitBytes / LOOKS) {
                    return;
                }
            }
        }
    }

    /** What thousands have asked for and nobody reads is in memory once. */
    private static long bytesOfNew(List<byte[]> borrowed, Set<byte[]> seen) {
        long bytes = 0;
        for (byte[] data : borrowed) {
            bytes += seen.add(data) ? data.length : 0;
        }
        return bytes;
    }

    /** A connection, and what it held when it was looked at: that changes while one sorts. */
    private record Holder(OpenConnection connection, long bytes) {}
}
