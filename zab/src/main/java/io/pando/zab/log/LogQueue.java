package io.pando.zab.log;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.pando.zab.model.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The ring of batches between the core and the log: the core fills the open one and submits it, the log makes it durable, the
 * core takes it back to deliver its records.
 *
 * <pre>
 *   taken ≤ durable ≤ submitted &lt; open
 * </pre>
 *
 * Bounded by its slots: while all of them are on their way, the open batch simply grows, which is the batching that a slow
 * disk wants; how much may be on its way in bytes is for the server to limit. Slots are reused, so nothing is allocated.
 */
final class LogQueue {
    private static final int SLOTS = 16;

    private final RingBuffer<RecordBatch> ring =
            // Nobody waits in the ring: the log thread parks by itself.
            RingBuffer.createSingleProducer(RecordBatch::new, SLOTS, new YieldingWaitStrategy());

    // Advanced under the write baton, read by the core.
    private final Sequence durable = new Sequence();
    // Advanced by the core; a slot is not reused before.
    private final Sequence taken = new Sequence();
    private long openSequence;

    LogQueue(long lastZxid) {
        ring.addGatingSequences(taken);
        claimNext(lastZxid);
    }

    /** The batch that is being filled. Core thread. */
    RecordBatch open() {
        return ring.get(openSequence);
    }

    /** Whether the open batch can be submitted: there has to be a slot for the next one. Core thread. */
    boolean canSubmit() {
        return ring.hasAvailableCapacity(1);
    }

    /** Core thread. */
    void submit() {
        long lastZxid = open().lastZxid();
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
        open().reset(lastZxid);
    }

    /** Whether everything submitted is durable. */
    boolean isIdle() {
        return durable.get() == ring.getCursor();
    }

    /** Sequence of the last batch submitted. */
    long submitted() {
        return ring.getCursor();
    }

    /** Sequence of the last durable batch. */
    long durable() {
        return durable.get();
    }

    RecordBatch get(long sequence) {
        return ring.get(sequence);
    }

    /** Under the write baton. */
    void markDurable(long sequence) {
        durable.set(sequence);
    }

    /** The next durable batch that has not been taken yet, or null. Core thread; followed by {@link #release}. */
    @Nullable
    RecordBatch take() {
        long next = taken.get() + 1;
        return next <= durable.get() ? ring.get(next) : null;
    }

    /** The batch that was taken may be filled again. Core thread. */
    void release() {
        taken.set(taken.get() + 1);
    }
}
