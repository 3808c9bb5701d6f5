package io.pando.zab.log;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Zxid;
import org.jspecify.annotations.Nullable;

/**
 * The ring between the core and the log: the core fills the open slot and submits it, the log makes it durable, and then it
 * may be filled again.
 *
 * <pre>
 *   durable ≤ submitted &lt; open
 * </pre>
 *
 * Bounded by its slots: while all of them are on their way, the open batch simply grows, which is the batching that a slow
 * disk wants; how much may be on its way in bytes is for the server to limit. Slots are reused, so nothing is allocated.
 */
final class LogQueue {
    private static final int SLOTS = 16;

    private final RingBuffer<Slot> ring =
            // Nobody waits in the ring: the log thread parks by itself.
            RingBuffer.createSingleProducer(Slot::new, SLOTS, new YieldingWaitStrategy());

    // Advanced under the write baton, read by the core; a slot is not reused before.
    private final Sequence durable = new Sequence();
    private long openSequence;

    LogQueue(long lastZxid) {
        ring.addGatingSequences(durable);
        claimNext(lastZxid);
    }

    /** The slot that is being filled. Core thread. */
    Slot open() {
        return ring.get(openSequence);
    }

    /** Whether the open slot can be submitted: there has to be one to follow it. Core thread. */
    boolean canSubmit() {
        return ring.hasAvailableCapacity(1);
    }

    /** Core thread. */
    void submit() {
        long lastZxid = open().batch().lastZxid();
        ring.publish(openSequence);
        claimNext(lastZxid);
    }

    /**
     * Callers have made sure of the slot. Not {@code next()}, which under {@code -ea} insists on one thread for ever: the thread that
     * recovers the log claims first, and hands over to the core.
     */
    private void claimNext(long lastZxid) {
        try {
            openSequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            throw new IllegalStateException("A batch was submitted while no slot was free", full);
        }
        open().clear(lastZxid);
    }

    /** Whether everything submitted is durable. */
    boolean isIdle() {
        return durable.get() == ring.getCursor();
    }

    /** Sequence of the last slot submitted. */
    long submitted() {
        return ring.getCursor();
    }

    /** Sequence of the last durable slot. */
    long durable() {
        return durable.get();
    }

    Slot get(long sequence) {
        return ring.get(sequence);
    }

    /** Under the write baton. */
    void markDurable(long sequence) {
        durable.set(sequence);
    }

    /** Records to append, and perhaps something to take back before that. */
    static final class Slot {
        private final RecordBatch batch = new RecordBatch();
        private @Nullable Rewind rewind;

        private void clear(long lastZxid) {
            rewind = null;
            batch.reset(lastZxid);
        }

        /** Takes something back from where this slot ends: records of its own, or all of them and what lies before. */
        void rewind(Rewind next) {
            boolean keepsSome = next instanceof Rewind.Truncate && !Zxid.isAfter(batch.prevZxid(), next.lastZxid());
            if (keepsSome) {
                batch.cutAfter(next.lastZxid());
                rewind = rewind == null
                        ? new Rewind.Truncate(next.generation(), batch.prevZxid())
                        : rewind.inGeneration(next.generation());
            } else {
                rewind = next;
                batch.reset(next.lastZxid());
            }
        }

        @Nullable
        Rewind rewind() {
            return rewind;
        }

        RecordBatch batch() {
            return batch;
        }

        boolean isBlank() {
            return rewind == null && batch.isEmpty();
        }
    }
}
