package io.pando.server.core;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread {@code pando-core} and the ring that feeds it: everything that has queued up since the last turn, up to a limit, is
 * one batch, handled event by event and then ended.
 */
final class CoreThread {
    private static final int RING_SLOTS = 1 << 14;
    // A full ring may be a second's work: other servers must hear of this one more often than that.
    private static final int MOST_PER_TURN = 1024;
    private static final EventTranslatorOneArg<Slot, CoreEvent> FILL = (slot, sequence, event) -> slot.event = event;

    private final Consumer<CoreEvent> handle;
    private final Runnable endTurn;
    private final Consumer<Throwable> onFailure;
    private final Disruptor<Slot> disruptor;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    // Set by the core thread when it meets what must not happen, or by who halts it: from then on nothing is done any
    // more.
    private volatile boolean over;

    /**
     * A thread that is not started yet.
     *
     * @param onFailure told when one of the others throws: that is a broken invariant, and going on would be guessing
     */
    CoreThread(WaitStrategy waitStrategy, Consumer<CoreEvent> handle, Runnable endTurn, Consumer<Throwable> onFailure) {
        this.handle = handle;
        this.endTurn = endTurn;
        this.onFailure = onFailure;
        this.disruptor = new Disruptor<>(
                Slot::new,
                RING_SLOTS,
                task -> new Thread(() -> run(task), "pando-core"),
                ProducerType.MULTI,
                waitStrategy);
        disruptor.handleEventsWith(new Turns());
        disruptor.setDefaultExceptionHandler(new StopOnFailure());
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            ended.complete(null);
        }
    }

    void start() {
        disruptor.start();
    }

    /** Puts an event into the ring; false if that is full. Any thread. */
    boolean offer(CoreEvent event) {
        return disruptor.getRingBuffer().tryPublishEvent(FILL, event);
    }

    /** Ends the thread when everything in the ring was handled. */
    void stop() {
        disruptor.shutdown();
        ended.join();
    }

    /** Ends the thread after the event that it is at; what is in the ring stays there. */
    void halt() {
        over = true;
        disruptor.halt();
        ended.join();
    }

    /** A place in the ring. */
    private static final class Slot {
        private @Nullable CoreEvent event;
    }

    private final class Turns implements EventHandler<Slot> {
        private int handled;

        @Override
        public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
            CoreEvent event = slot.event;
            slot.event = null;
            if (over || event == null) {
                return;
            }
            handle.accept(event);
            if (!over && (endOfBatch || ++handled == MOST_PER_TURN)) {
                handled = 0;
                endTurn.run();
            }
        }
    }

    private final class StopOnFailure implements ExceptionHandler<Slot> {
        @Override
        public void handleEventException(Throwable e, long sequence, @Nullable Slot slot) {
            over = true;
            onFailure.accept(e);
        }

        @Override
        public void handleOnStartException(Throwable e) {
            onFailure.accept(e);
        }

        @Override
        public void handleOnShutdownException(Throwable e) {
            onFailure.accept(e);
        }
    }
}
