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
final class CoreThread<E> implements CoreLoop<E> {
    private static final int RING_SLOTS = 1 << 14;
    // A full ring may be a second's work: other servers must hear of this one more often than that.
    private static final int MOST_PER_TURN = 1024;

    private final Consumer<E> handle;
    private final Runnable endTurn;
    private final Consumer<Throwable> onFailure;
    private final Disruptor<Slot<E>> disruptor;
    private final EventTranslatorOneArg<Slot<E>, E> fill = (slot, sequence, event) -> slot.event = event;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    // Set by the core thread when it meets what must not happen, or by who halts it: from then on nothing is done any
    // more.
    private volatile boolean over;

    /**
     * A thread that is not started yet.
     *
     * @param onFailure told when one of the others throws: that is a broken invariant, and going on would be guessing
     */
    CoreThread(WaitStrategy waitStrategy, Consumer<E> handle, Runnable endTurn, Consumer<Throwable> onFailure) {
        this.handle = handle;
        this.endTurn = endTurn;
        this.onFailure = onFailure;
        this.disruptor = new Disruptor<>(
                Slot<E>::new,
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

    @Override
    public void start() {
        disruptor.start();
    }

    @Override
    public boolean offer(E event) {
        return disruptor.getRingBuffer().tryPublishEvent(fill, event);
    }

    @Override
    public void stop() {
        disruptor.shutdown();
        ended.join();
    }

    @Override
    public void halt() {
        over = true;
        disruptor.halt();
        ended.join();
    }

    /** A place in the ring. */
    private static final class Slot<E> {
        private @Nullable E event;
    }

    private final class Turns implements EventHandler<Slot<E>> {
        private int handled;

        @Override
        public void onEvent(Slot<E> slot, long sequence, boolean endOfBatch) {
            E event = slot.event;
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

    private final class StopOnFailure implements ExceptionHandler<Slot<E>> {
        @Override
        public void handleEventException(Throwable e, long sequence, @Nullable Slot<E> slot) {
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
