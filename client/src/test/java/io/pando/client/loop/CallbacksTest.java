package io.pando.client.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallbacksTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(Callbacks.class)).addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger(Callbacks.class)).detachAppender(log);
    }

    @Test
    void callbacks_run_in_their_order_on_however_many_threads() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var callbacks = new Callbacks(threads, 60_000);
            List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
            var last = new CountDownLatch(1);
            for (int i = 0; i < 10_000; i++) {
                int number = i;
                callbacks.execute("number", () -> ran.add(number));
            }
            callbacks.execute("last", last::countDown);

            assertTrue(last.await(20, TimeUnit.SECONDS));
            for (int i = 0; i < 10_000; i++) {
                assertEquals(i, ran.get(i));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void a_callback_that_throws_is_logged_and_the_next_one_runs() {
        var callbacks = new Callbacks(Runnable::run, 60_000);
        var ran = new ArrayList<String>();

        callbacks.execute("the bad one", () -> {
            throw new IllegalStateException("no");
        });
        callbacks.execute("the good one", () -> ran.add("good"));

        assertEquals(List.of("good"), ran);
        assertTrue(log.list.get(0).getFormattedMessage().contains("the bad one"));
    }

    @Test
    void a_slow_callback_is_named_while_it_runs_and_only_once() throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            var callbacks = new Callbacks(thread, 1_000);
            var running = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            callbacks.execute("my listener", () -> {
                running.countDown();
                awaitQuietly(go);
            });
            assertTrue(running.await(20, TimeUnit.SECONDS));
            long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);

            callbacks.nameSlowOne(System.nanoTime());
            callbacks.nameSlowOne(later);
            callbacks.nameSlowOne(later);
            go.countDown();

            assertEquals(1, log.list.size());
            assertTrue(log.list.get(0).getFormattedMessage().contains("my listener"));
        } finally {
            thread.shutdown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void the_loops_of_the_process_live_as_long_as_somebody_uses_them() {
        // Not those of this process, which others may hold as well.
        var shared = new SharedLoops();
        var first = shared.lease();
        var second = shared.lease();
        assertSame(first.loops(), second.loops());

        first.close();
        first.close();
        var third = shared.lease();
        assertSame(second.loops(), third.loops());
        second.close();
        third.close();

        var fourth = shared.lease();
        assertNotSame(first.loops(), fourth.loops());
        fourth.close();
    }
}
