package io.pando.server.core;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns of the core on a thread that does other things between them, and the ring that feeds them: everything that has queued up since
 * the last turn, up to a limit, is one batch, handled event by event and then ended.
 */
final class CoreThread<E> implements CoreLoop<E> {
    private static final int RING_SLOTS = 1 << 14;
    // A full ring may be a second's work: other servers must be heard, and hear of this one, more often than that.
    private static final int MOST_PER_TURN = 1024;

    private final Executor thread;
    private final Consumer<E> handle;
    private final Runnable endTurn;
    private final Consumer<Throwable> onFailure;
    // Nobody ever waits for this ring by its wait strategy: turns are asked for.
    private final RingBuffer<Slot<E>> ring =
            RingBuffer.createMultiProducer(Slot<E>::new, RING_SLOTS, new YieldingWaitStrategy());
    private final EventPoller<Slot<E>> poller = ring.newPoller();
    private final EventTranslatorOneArg<Slot<E>, E> fill = (slot, sequence, event) -> slot.event = event;
    private final EventPoller.Handler<Slot<E>> take = this::take;
    private final Runnable turn = this::turn;

    // Whether the thread has been asked for a turn that it has not begun yet. Nobody asks before the start.
    private final AtomicBoolean due = new AtomicBoolean(true);

    // Of the thread.
    private int handled;

    // Set by the thread when it meets what must not happen, or by who ends it: from then on nothing is done any more.
    private volatile boolean over;

    /**
     * Turns that have not begun yet.
     *
     * @param thread does what it is given in the order in which it was given
     * @param onFailure told when one of the others throws: that is a broken invariant, and going on would be guessing
     */
    CoreThread(Executor thread, Consumer<E> handle, Runnable endTurn, Consumer<Throwable> onFailure) {
        this.thread = thread;
        this.handle = handle;
        this.endTurn = endTurn;
        this.onFailure = onFailure;
        ring.addGatingSequences(poller.getSequence());
    }

    @Override
    public void start() {
        thread.execute(turn);
    }

    @Override
    public boolean offer(E event) {
        if (!ring.tryPublishEvent(fill, event)) {
            return false;
        }
        // Either this sees that the turn that was due has begun, or that turn sees the event.
        VarHandle.fullFence();
        askForTurn();
        return true;
    }

    private void askForTurn() {
        if (!due.get() && due.compareAndSet(false, true)) {
            thread.execute(turn);
        }
    }

    private void turn() {
        if (over) {
            return; // and no turn is asked for any more, since this one stays due
        }
        due.set(false);
        try {
            handleBatch();
        } catch (Throwable e) {
            over = true;
            onFailure.accept(e);
        }
    }

    private void handleBatch() throws Exception {
        handled = 0;
        poller.poll(take);
        if (handled > 0 && !over) {
            endTurn.run();
        }
        if (handled == MOST_PER_TURN) {
            askForTurn();
        }
    }

    /** Whether it goes on. */
    private boolean take(Slot<E> slot, long sequence, boolean endOfBatch) {
        E event = Objects.requireNonNull(slot.event);
        slot.event = null;
        handled++;
        handle.accept(event);
        return handled < MOST_PER_TURN && !over;
    }

    @Override
    public void stop() {
        onThread(() -> {
            while (!over && ring.getCursor() > poller.getSequence().get()) {
                turn();
            }
        });
        halt();
    }

    @Override
    public void halt() {
        over = true;
        onThread(() -> due.set(true));
    }

    boolean isOver() {
        return over;
    }

    private void onThread(Runnable task) {
        CompletableFuture.runAsync(task, thread).join();
    }

    /** A place in the ring. */
    private static final class Slot<E> {
        private @Nullable E event;
    }
}
