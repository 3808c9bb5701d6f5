package io.pando.client.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Counts who uses the loops of the process. Its monitor guards the count, which clients that open and close share. */
final class SharedLoops {
    private static final int MOST_LOOPS = 2;

    private @Nullable ClientLoops loops;
    private int leases;

    synchronized ClientLoops.Lease lease() {
        if (loops == null) {
            loops = ClientLoops.of(Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()));
        }
        leases++;
        return new Claim(loops);
    }

    private synchronized void release() {
        if (--leases == 0 && loops != null) {
            loops.close();
            loops = null;
        }
    }

    private final class Claim implements ClientLoops.Lease {
        private final ClientLoops leased;
        private final AtomicBoolean released = new AtomicBoolean();

        Claim(ClientLoops leased) {
            this.leased = leased;
        }

        @Override
        public ClientLoops loops() {
            return leased;
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                release();
            }
        }
    }
}
