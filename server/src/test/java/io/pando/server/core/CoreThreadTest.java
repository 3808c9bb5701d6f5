package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreThreadTest {
    private static final int PATIENCE_S = 60;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<Integer> handled = new ArrayList<>(); // of the thread
    private final AtomicInteger turns = new AtomicInteger();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    private CoreThread<Integer> turns() {
        return new CoreThread<>(thread, handled::add, turns::incrementAndGet, failure::complete);
    }

    @Test
    void what_many_threads_offer_at_any_moment_is_handled_in_the_order_of_each() throws Exception {
        int offerers = 4;
        int each = 50_000;
        var all = new CountDownLatch(offerers * each);
        var core = new CoreThread<Integer>(
                thread,
                event -> {
                    handled.add(event);
                    all.countDown();
                },
                turns::incrementAndGet,
                failure::complete);
        core.start();

        for (int offerer = 0; offerer < offerers; offerer++) {
            int first = offerer * each;
            new Thread(() -> {
                        for (int i = first; i < first + each; i++) {
                            while (!core.offer(i)) {
                                Thread.onSpinWait();
                            }
                            if (i % 64 == 0) { // lets the thread fall asleep, now and then
                                LockSupport.parkNanos(1_000);
                            }
                        }
                    })
                    .start();
        }

        assertTrue(all.await(PATIENCE_S, TimeUnit.SECONDS), "an event was forgotten: " + all.getCount() + " to come");
        core.stop();
        int[] last = {-1, -1, -1, -1};
        for (int event : handled) {
            assertTrue(event > last[event / each], "an event overtook another one of its thread");
            last[event / each] = event;
        }
    }

    @Test
    void what_was_offered_before_the_start_is_handled_first_and_a_long_batch_is_cut() {
        CoreThread<Integer> core = turns();
        int taken = 0;
        while (core.offer(taken)) {
            taken++;
        }

        core.start();
        core.stop();

        assertEquals(1 << 14, taken);
        assertEquals(taken, handled.size());
        assertEquals(16, turns.get(), "a turn ends behind 1,024 events at the latest");
    }

    @Test
    void a_core_that_is_halted_leaves_what_is_behind_the_event_in_hand() throws Exception {
        var inHand = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var core = new CoreThread<Integer>(
                thread,
                event -> {
                    handled.add(event);
                    inHand.countDown();
                    awaitQuietly(goOn);
                },
                turns::incrementAndGet,
                failure::complete);
        core.start();
        core.offer(1);
        core.offer(2);
        inHand.await();

        CompletableFuture<Void> halted = CompletableFuture.runAsync(core::halt);
        while (!core.isOver()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        halted.get(PATIENCE_S, TimeUnit.SECONDS);

        assertEquals(List.of(1), handled);
        assertEquals(0, turns.get(), "the turn is not ended");
    }

    @Test
    void a_broken_invariant_ends_everything_and_is_told() throws Exception {
        var core = new CoreThread<Integer>(
                thread,
                event -> {
                    handled.add(event);
                    throw new IllegalStateException("broken");
                },
                turns::incrementAndGet,
                failure::complete);
        core.offer(1);
        core.offer(2);

        core.start();

        assertEquals("broken", failure.get(PATIENCE_S, TimeUnit.SECONDS).getMessage());
        core.offer(3);
        core.stop();
        assertEquals(List.of(1), handled);
        assertEquals(0, turns.get());
        assertFalse(thread.isShutdown(), "others use the thread as well");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
