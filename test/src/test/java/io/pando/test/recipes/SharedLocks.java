package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.readwrite.ReadWriteLock;
import io.pando.recipes.semaphore.Semaphore;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What several may hold at once: read-write locks and semaphores. */
abstract class SharedLocks extends RecipeTests {
    private static final int CLIENTS = 6;
    private static final int ROUNDS = 8;

    private ReadWriteLock lock() {
        return new ReadWriteLock(pando(), path("rw"));
    }

    @Test
    void readers_share_and_a_writer_is_alone() throws Exception {
        Exclusion room = new Exclusion();
        Pando last = pando();

        crowd(CLIENTS, number -> {
            ReadWriteLock lock = lock();
            for (int i = 0; i < ROUNDS; i++) {
                if (number % 3 == 0) {
                    try (Held held = lock.write().acquire(PATIENCE)) {
                        room.visit(held.token());
                    }
                } else {
                    try (Held held = lock.read().acquire(PATIENCE)) {
                        assertTrue(held.isCurrent());
                        room.visitAsReader();
                    }
                }
            }
        });

        room.assertHeld();
        awaitEmpty(last, path("rw"));
    }

    @Test
    void two_read_at_once_and_who_comes_behind_a_waiting_writer_waits() throws Exception {
        Pando pando = pando();
        Held first = lock().read().acquire(PATIENCE);
        Held second = lock().read().acquire(PATIENCE);
        CompletableFuture<Held> writer = lock().write().acquireAsync();
        awaitSize(pando, path("rw"), 3);
        CompletableFuture<Held> third = lock().read().acquireAsync();
        awaitSize(pando, path("rw"), 4);

        first.close();
        awaitSize(pando, path("rw"), 3);
        assertFalse(writer.isDone());
        second.close();

        Held writing = writer.get(30, TimeUnit.SECONDS);
        assertFalse(third.isDone());
        writing.close();
        assertTrue(third.get(30, TimeUnit.SECONDS).token().compareTo(writing.token()) > 0);
    }

    @Test
    void who_writes_may_go_on_reading_and_no_writer_comes_in_between() throws Exception {
        Pando pando = pando();
        ReadWriteLock lock = lock();
        Held writing = lock.write().acquire(PATIENCE);
        CompletableFuture<Held> other = lock().write().acquireAsync();
        awaitSize(pando, path("rw"), 2);

        Held reading = lock.read().acquire(PATIENCE);
        writing.close();

        awaitSize(pando, path("rw"), 2);
        assertTrue(reading.isCurrent());
        assertFalse(other.isDone());
        assertEquals(writing.token().number(), reading.token().number());
        reading.close();
        assertTrue(other.get(30, TimeUnit.SECONDS).token().number()
                > reading.token().number());
    }

    @Test
    void what_is_not_held_any_more_can_not_be_downgraded() throws Exception {
        Pando pando = pando();
        ReadWriteLock lock = lock();
        Held writing = lock.write().acquire(PATIENCE);
        writing.release().get(30, TimeUnit.SECONDS);

        var refused = assertThrows(
                ExecutionException.class, () -> lock.downgrade(writing).get(30, TimeUnit.SECONDS));

        assertTrue(refused.getCause() instanceof IllegalStateException, refused::toString);
        awaitEmpty(pando, path("rw"));
    }

    @Test
    void who_reads_can_not_go_on_to_write_and_is_told_so_at_once() throws Exception {
        ReadWriteLock lock = lock();
        Held reading = lock.read().acquire(PATIENCE);

        assertThrows(IllegalStateException.class, () -> lock.write().acquire(PATIENCE));

        reading.close();
        lock.write().acquire(PATIENCE).close();
    }

    @Test
    void a_semaphore_lends_as_many_leases_as_it_has_and_serves_everybody() throws Exception {
        Exclusion room = new Exclusion();
        Pando last = pando();

        crowd(CLIENTS, number -> {
            Semaphore semaphore = Semaphore.of(pando(), path("semaphore"), 2);
            for (int i = 0; i < ROUNDS; i++) {
                try (Held lease = semaphore.acquire(PATIENCE)) {
                    assertTrue(lease.isCurrent());
                    room.visit();
                }
            }
        });

        assertTrue(room.most() <= 2, () -> "at most 2, not " + room.most());
        awaitEmpty(last, path("semaphore/leases"));
        awaitEmpty(last, path("semaphore/locks"));
    }

    @Test
    void a_wait_for_a_lease_that_ends_in_vain_leaves_nothing_behind() throws Exception {
        Pando pando = pando();
        Semaphore semaphore = Semaphore.of(pando, path("semaphore"), 1);
        Held lease = semaphore.acquire(PATIENCE);

        assertThrows(TimeoutException.class, () -> semaphore.acquire(SHORT));
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Held> wait = semaphore.acquireAsync();
            if (i % 2 > 0) {
                awaitSize(pando, path("semaphore/leases"), 2);
            }
            wait.cancel(false);
        }

        awaitSize(pando, path("semaphore/leases"), 1);
        awaitEmpty(pando, path("semaphore/locks"));
        lease.close();
        semaphore.acquire(PATIENCE).close();
    }

    @Test
    void the_lease_of_a_lost_session_is_free_again() throws Exception {
        Pando losing = pando();
        Held lost = Semaphore.of(losing, path("semaphore"), 1).acquire(PATIENCE);
        CompletableFuture<Held> next =
                Semaphore.of(pando(), path("semaphore"), 1).acquireAsync();

        expire(losing);

        assertTrue(next.get(30, TimeUnit.SECONDS).token().compareTo(lost.token()) > 0);
    }

    @Test
    void a_limit_in_the_tree_that_grows_lets_the_next_one_in() throws Exception {
        Pando pando = pando();
        pando.create(path("count"))
                .data(ByteBuffer.allocate(4).putInt(1).array())
                .now();
        Semaphore semaphore = Semaphore.withSharedLimit(pando, path("semaphore"), path("count"), "");
        semaphore.acquire(PATIENCE);
        CompletableFuture<Held> second = semaphore.acquireAsync();
        awaitSize(pando, path("semaphore/leases"), 2);
        assertFalse(second.isDone());

        pando.setData(path("count"), ByteBuffer.allocate(4).putInt(2).array()).now();

        assertTrue(second.get(30, TimeUnit.SECONDS).isCurrent());
    }
}
