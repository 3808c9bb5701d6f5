package io.pando.server.core;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * How many bytes of its clients' requests a server lets in at a time, from their arrival until they are settled. What is above that waits
 * at the client: its socket is not read. So neither a disk that stalls nor a quorum that is lost fills the memory, and the leader, where
 * all requests come together, never has more than one allowance of them before it (zab.md section 6).
 *
 * <p>Where event loops, which let in, and the core, which settles, meet.
 */
final class Admission {
    private final AtomicLong held = new AtomicLong();
    private final long wholeEnsembleBytes;
    private final IntSupplier servers;

    /**
     * @param wholeEnsembleBytes the allowance
     * @param servers how many share it, 1 or more; asked by any thread
     */
    Admission(long wholeEnsembleBytes, IntSupplier servers) {
        this.wholeEnsembleBytes = wholeEnsembleBytes;
        this.servers = servers;
    }

    /** Whether a request may come in, which is counted from now on if so. One alone always may, however large it is. */
    boolean admit(int bytes) {
        long before = held.getAndAdd(bytes);
        if (before == 0 || before + bytes <= wholeEnsembleBytes / servers.getAsInt()) {
            return true;
        }
        release(bytes);
        return false;
    }

    /** A request that was let in is settled, or came to nothing. */
    void release(int bytes) {
        held.addAndGet(-bytes);
    }

    long heldBytes() {
        return held.get();
    }
}
