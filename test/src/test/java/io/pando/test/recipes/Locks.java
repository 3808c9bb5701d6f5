package io.pando.test.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.error.TransactionFailedException;
import io.pando.recipes.fencing.End;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Revocation;
import io.pando.recipes.fencing.Standing;
import io.pando.recipes.fencing.TokenGate;
import io.pando.recipes.line.Member;
import io.pando.recipes.lock.Lock;
import io.pando.recipes.multilock.HeldTogether;
import io.pando.recipes.multilock.MultiLock;
import io.pando.test.harness.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The lock, alone and several at once, and the fencing tokens that all recipes hand out. */
abstract class Locks extends RecipeTests {
    private static final int CLIENTS = 6;
    private static final int ROUNDS = 10;

    @Test
    void one_holds_it_at_a_time_and_everybody_does_in_the_end_with_growing_tokens() throws Exception {
        Exclusion room = new Exclusion();
        Pando last = pando();

        crowd(CLIENTS, number -> {
            Lock lock = new Lock(pando(), path("lock"));
            for (int i = 0; i < ROUNDS; i++) {
                try (Held held = lock.acquire(PATIENCE)) {
                    room.visit(held.token());
                }
            }
        });

        room.assertHeld();
        assertEquals(CLIENTS * ROUNDS, room.visits());
        awaitEmpty(last, path("lock"));
    }

    @Test
    void who_asks_first_gets_it_first() throws Exception {
        Pando pando = pando();
        Held first = new Lock(pando, path("lock")).acquire(PATIENCE);
        List<Integer> order = new ArrayList<>();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            done.add(new Lock(pando(), path("lock")).acquireAsync().thenAccept(held -> {
                synchronized (order) {
                    order.add(number);
                }
                held.close();
            }));
            awaitSize(pando, path("lock"), 2 + number);
        }

        first.close();

        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertEquals(List.of(0, 1, 2, 3, 4), order);
    }

    @Test
    void a_thread_that_holds_it_gets_it_again_with_the_same_token_and_lets_go_with_the_last_handle() throws Exception {
        Lock lock = new Lock(pando(), path("lock"));
        Lock other = new Lock(pando(), path("lock"));

        Held outer = lock.acquire(PATIENCE);
        Held inner = lock.acquire(PATIENCE);
        assertEquals(outer.token(), inner.token());
        outer.close();
        assertFalse(outer.isCurrent());
        assertTrue(inner.isCurrent());
        Held third = lock.acquire();
        assertEquals(inner.token(), third.token());
        inner.close();
        assertThrows(TimeoutException.class, () -> other.acquire(SHORT));
        third.close();

        other.acquire(PATIENCE).close();
    }

    @Test
    void another_thread_of_the_same_client_waits_like_anybody_else() throws Exception {
        Lock lock = new Lock(pando(), path("lock"));
        Held held = lock.acquire(PATIENCE);

        crowd(1, number -> assertThrows(TimeoutException.class, () -> lock.acquire(SHORT)));

        held.close();
        crowd(1, number -> lock.acquire(PATIENCE).close());
    }

    @Test
    void a_wait_that_ends_in_vain_leaves_nothing_behind() throws Exception {
        Pando pando = pando();
        Held held = new Lock(pando, path("lock")).acquire(PATIENCE);
        Lock other = new Lock(pando(), path("lock"));

        assertThrows(TimeoutException.class, () -> other.acquire(SHORT));
        CompletableFuture<Held> cancelled = other.acquireAsync();
        awaitSize(pando, path("lock"), 2);
        cancelled.cancel(false);
        CompletableFuture<Held> late = other.acquireAsync().orTimeout(50, TimeUnit.MILLISECONDS);
        Thread interrupted = new Thread(() -> assertThrows(InterruptedException.class, other::acquire));
        interrupted.start();
        awaitSize(pando, path("lock"), 2);
        interrupted.interrupt();
        interrupted.join();

        Await.until("the wait is over", late::isCompletedExceptionally);
        awaitSize(pando, path("lock"), 1);
        assertTrue(held.isCurrent());
    }

    @Test
    void a_wait_that_is_cancelled_at_any_moment_leaves_nothing_behind() throws Exception {
        Pando pando = pando();
        Lock lock = new Lock(pando(), path("lock"));

        for (int i = 0; i < 60; i++) {
            CompletableFuture<Held> wait = lock.acquireAsync();
            // From right away to after it was acquired.
            if (i % 3 > 0) {
                Await.happens(Duration.ofMillis(i % 3 * 2L), wait::isDone);
            }
            if (!wait.cancel(false)) {
                wait.join().close();
            }
        }

        awaitEmpty(pando, path("lock"));
        lock.acquire(PATIENCE).close();
    }

    @Test
    void what_a_lost_session_held_is_over_and_the_next_holds_it() throws Exception {
        Pando losing = pando();
        Held lost = new Lock(losing, path("lock")).acquire(PATIENCE);
        CompletableFuture<Held> next = new Lock(pando(), path("lock")).acquireAsync();

        expire(losing);

        assertEquals(End.SESSION_LOST, lost.ended().get(30, TimeUnit.SECONDS));
        assertEquals(Standing.ENDED, lost.standing());
        Held held = next.get(30, TimeUnit.SECONDS);
        assertTrue(held.token().number() > lost.token().number());
        assertTrue(held.isCurrent());
    }

    @Test
    void who_waits_when_its_session_is_lost_stands_at_the_end_again() throws Exception {
        Pando losing = pando();
        Pando watching = pando();
        Held held = new Lock(watching, path("lock")).acquire(PATIENCE);
        Lock lock = new Lock(losing, path("lock"));
        CompletableFuture<Held> wait = lock.acquireAsync();
        awaitSize(watching, path("lock"), 2);
        long before = losing.session().orElseThrow().id();

        expire(losing);
        Await.until(
                "there is another session",
                () -> losing.session().isPresent()
                        && losing.session().orElseThrow().id() != before);
        held.close();

        Held got = wait.get(30, TimeUnit.SECONDS);
        assertEquals(losing.session().orElseThrow().id(), got.token().sessionId());
        got.close();
        awaitEmpty(watching, path("lock"));
    }

    @Test
    void a_guarded_transaction_succeeds_while_the_lock_is_held_and_never_after() throws Exception {
        Pando pando = pando();
        pando.create(path("report")).now();
        Lock lock = new Lock(pando, path("lock"));
        Held held = lock.acquire(PATIENCE);

        held.token()
                .guard(pando.transaction())
                .setData(path("report"), "mine".getBytes(UTF_8))
                .now();
        held.release().get(30, TimeUnit.SECONDS);
        var refused = assertThrows(
                TransactionFailedException.class,
                () -> held.token()
                        .guard(pando.transaction())
                        .setData(path("report"), "late".getBytes(UTF_8))
                        .now());

        assertTrue(held.token().isRefusedBy(refused));
        assertEquals("mine", pando.getData(path("report")).now().text());
        var other = assertThrows(
                TransactionFailedException.class,
                () -> lock.acquire(PATIENCE)
                        .token()
                        .guard(pando.transaction())
                        .setData(path("nowhere"), "".getBytes(UTF_8))
                        .now());
        assertFalse(held.token().isRefusedBy(other));
    }

    @Test
    void tokens_grow_also_when_the_line_was_deleted_and_made_anew() throws Exception {
        Pando pando = pando();
        Held first = new Lock(pando, path("lock")).acquire(PATIENCE);
        first.release().get(30, TimeUnit.SECONDS);
        pando.delete(path("lock")).now();

        Held second = new Lock(pando, path("lock")).acquire(PATIENCE);

        assertTrue(second.token().compareTo(first.token()) > 0);
        TokenGate gate = new TokenGate();
        assertTrue(gate.admits(second.token().number()));
        assertFalse(gate.admits(first.token().number()));
        assertTrue(gate.admits(second.token().number()));
    }

    @Test
    void everybody_sees_who_holds_it_and_who_waits() throws Exception {
        Pando pando = pando();
        Held held = new Lock(pando, path("lock"), "anna").acquire(PATIENCE);
        CompletableFuture<Held> wait = new Lock(pando(), path("lock"), "bert").acquireAsync();
        awaitSize(pando, path("lock"), 2);

        List<Member> line = new Lock(pando, path("lock")).participants().get(30, TimeUnit.SECONDS);

        assertEquals(List.of("anna", "bert"), line.stream().map(Member::text).toList());
        assertEquals(held.token().path(), line.getFirst().path());
        wait.cancel(false);
    }

    @Test
    void a_holder_is_told_that_it_is_asked_to_release_and_does_as_it_likes() throws Exception {
        Lock lock = new Lock(pando(), path("lock"));
        Held held = lock.acquire(PATIENCE);
        CountDownLatch asked = new CountDownLatch(1);
        held.onAskedToRelease(asked::countDown);
        Pando wishing = pando();

        Revocation.ask(wishing, lock.participants().get(30, TimeUnit.SECONDS).getFirst())
                .now();

        assertTrue(asked.await(30, TimeUnit.SECONDS));
        assertTrue(held.isCurrent());
        held.token().guard(wishing.transaction()).check(path("lock")).now();
    }

    @Test
    void several_are_held_all_or_none() throws Exception {
        Pando pando = pando();
        Held second = new Lock(pando(), path("b")).acquire(PATIENCE);
        MultiLock both = new MultiLock(new Lock(pando, path("a")), new Lock(pando, path("b")));

        assertThrows(TimeoutException.class, () -> both.acquire(SHORT));
        awaitEmpty(pando, path("a"));
        second.close();

        try (HeldTogether held = both.acquire(PATIENCE)) {
            assertTrue(held.isCurrent());
            held.guard(pando.transaction()).check(path("a")).now();
            assertEquals(2, held.tokens().size());
            assertThrows(TimeoutException.class, () -> new Lock(pando(), path("a")).acquire(SHORT));
        }
        awaitEmpty(pando, path("a"));
        awaitEmpty(pando, path("b"));
    }
}
