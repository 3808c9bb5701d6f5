package io.pando.server.connection;

import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.WriteRequest;
import io.pando.zab.runtime.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How many parts of long multis a server takes in: a megabyte has room for tens of thousands of them, and they are decided, or answered, in one piece, while
 * everybody else waits. Those that exceed the allowance wait in their own connection, which is not read meanwhile.
 *
 * <p>The first {@link #FREE_PARTS} of each are free: they take no longer than others may be expected to wait. So nobody is held up who changes much by multis
 * of that size, one after the other. Where event loops meet.
 */
final class LongMultis {
    static final int FREE_PARTS = 1_000;

    private static final long SAVED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is shorter has no part that is not free. */
    private static final int SHORTEST_BYTES = 9 * FREE_PARTS;

    private final long nanosPerPart;
    private final Clock clock;
    private final IntSupplier servers;
    private long openAtNanos; // guarded by this: when the parts that were taken in are paid for

    /**
     * An allowance of which nothing is used. One second's parts may be asked for at once.
     *
     * @param partsPerSecond of all clients of an ensemble together, for as long as they ask, since each server carries out what clients of all have written: a
     *     server has its share of them; 0 for no limit
     * @param servers how many share it, 1 or more; asked by any thread
     */
    LongMultis(int partsPerSecond, Clock clock, IntSupplier servers) {
        this.nanosPerPart = partsPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / partsPerSecond;
        this.clock = clock;
        this.servers = servers;
        this.openAtNanos = clock.nanoTime() - SAVED_NANOS;
    }

    /** Whether a request of so many bytes may be taken in now, as all may that are no long multi; any other is to be tried again soon. Any thread. */
    boolean mayComeIn(OpCode op, int bytes) {
        return (op != OpCode.MULTI && op != OpCode.MULTI_READ) || bytes <= SHORTEST_BYTES || isOpen();
    }

    private synchronized boolean isOpen() {
        return clock.nanoTime() - openAtNanos >= 0;
    }

    /** A request was taken in. Any thread. */
    void cameIn(Request request) {
        int parts = partsOf(request) - FREE_PARTS;
        if (parts > 0) {
            payFor(parts);
        }
    }

    private static int partsOf(Request request) {
        if (request instanceof WriteRequest.Multi multi) {
            return multi.parts().size();
        }
        return request instanceof ReadRequest.MultiRead multi ? multi.parts().size() : 0;
    }

    private synchronized void payFor(int parts) {
        long saved = clock.nanoTime() - SAVED_NANOS;
        openAtNanos = (openAtNanos - saved < 0 ? saved : openAtNanos) + parts * nanosPerPart * servers.getAsInt();
    }
}
