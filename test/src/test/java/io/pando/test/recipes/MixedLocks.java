package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Revocation;
import io.pando.recipes.line.Member;
import io.pando.recipes.lock.Lock;
import io.pando.recipes.multilock.MultiLock;
import io.pando.recipes.readwrite.ReadWriteLock;
import io.pando.recipes.semaphore.Semaphore;
import io.pando.test.harness.Await;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessLock;
import org.apache.curator.framework.recipes.locks.InterProcessMultiLock;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.apache.curator.framework.recipes.locks.Revoker;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.junit.jupiter.api.Test;

/** Clients of Pando's recipes and of Curator's at the same paths: they exclude each other, and see each other. */
abstract class MixedLocks extends RecipeTests {
    private static final int CLIENTS = 6;
    private static final int ROUNDS = 8;

    @Test
    void a_lock_and_a_mutex_let_one_in_at_a_time_and_everybody_in_the_end() throws Exception {
        Exclusion room = new Exclusion();
        Pando last = pando();

        crowd(CLIENTS, number -> {
            if (number % 2 == 0) {
                var mutex = new InterProcessMutex(curator(), path("lock"));
                for (int i = 0; i < ROUNDS; i++) {
                    assertTrue(mutex.acquire(30, TimeUnit.SECONDS));
                    room.visit();
                    mutex.release();
                }
            } else {
                Lock lock = new Lock(pando(), path("lock"));
                for (int i = 0; i < ROUNDS; i++) {
                    try (Held held = lock.acquire(PATIENCE)) {
                        room.visit(held.token());
                    }
                }
            }
        });

        room.assertHeld();
        awaitEmpty(last, path("lock"));
    }

    @Test
    void each_sees_the_others_in_line_and_they_are_served_in_its_order() throws Exception {
        Pando pando = pando();
        var mutex = new InterProcessMutex(curator(), path("lock"));
        var behind = new InterProcessMutex(curator(), path("lock"));
        Lock lock = new Lock(pando, path("lock"), "anna");
        mutex.acquire();
        CompletableFuture<Held> wait = lock.acquireAsync();
        awaitSize(pando, path("lock"), 2);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Boolean> last = thread.submit(() -> behind.acquire(30, TimeUnit.SECONDS));
        awaitSize(pando, path("lock"), 3);

        Collection<String> curators = mutex.getParticipantNodes();
        List<Member> pandos = lock.participants().get(30, TimeUnit.SECONDS);

        assertEquals(List.copyOf(curators), pandos.stream().map(Member::path).toList());
        assertEquals("anna", pandos.get(1).text());
        assertFalse(wait.isDone());
        mutex.release();
        Held held = wait.get(30, TimeUnit.SECONDS);
        assertFalse(last.isDone());
        held.close();
        assertTrue(last.get(30, TimeUnit.SECONDS));
        thread.shutdownNow();
    }

    @Test
    void a_holder_of_either_library_is_asked_by_the_other_to_release() throws Exception {
        CuratorFramework curator = curator();
        Pando pando = pando();
        Lock lock = new Lock(pando, path("lock"));
        CountDownLatch pandoAsked = new CountDownLatch(1);
        CountDownLatch curatorAsked = new CountDownLatch(1);

        try (Held held = lock.acquire(PATIENCE)) {
            held.onAskedToRelease(pandoAsked::countDown);
            Revoker.attemptRevoke(curator, held.token().path());
            assertTrue(pandoAsked.await(30, TimeUnit.SECONDS));
        }
        var mutex = new InterProcessMutex(curator, path("lock"));
        mutex.makeRevocable(asked -> curatorAsked.countDown());
        mutex.acquire();
        Revocation.ask(pando, lock.participants().get(30, TimeUnit.SECONDS).getFirst())
                .now();
        assertTrue(curatorAsked.await(30, TimeUnit.SECONDS));
    }

    @Test
    void readers_of_both_share_and_writers_of_both_exclude() throws Exception {
        var curators = new InterProcessReadWriteLock(curator(), path("rw"));
        ReadWriteLock pandos = new ReadWriteLock(pando(), path("rw"));

        curators.readLock().acquire();
        Held reading = pandos.read().acquire(PATIENCE);
        CompletableFuture<Held> writer = pandos.write().acquireAsync();
        assertFalse(Await.happens(SHORT, writer::isDone));
        reading.close();
        assertFalse(Await.happens(SHORT, writer::isDone));
        curators.readLock().release();

        assertTrue(writer.get(30, TimeUnit.SECONDS).isCurrent());
    }

    @Test
    void a_writer_of_either_library_keeps_the_other_out() throws Exception {
        var curators = new InterProcessReadWriteLock(curator(), path("rw"));
        ReadWriteLock pandos = new ReadWriteLock(pando(), path("rw"));

        curators.writeLock().acquire();
        assertThrows(TimeoutException.class, () -> pandos.read().acquire(SHORT));
        assertThrows(TimeoutException.class, () -> pandos.write().acquire(SHORT));
        curators.writeLock().release();

        try (Held writing = pandos.write().acquire(PATIENCE)) {
            assertTrue(writing.isCurrent());
            assertFalse(curators.readLock().acquire(150, TimeUnit.MILLISECONDS));
            assertFalse(curators.writeLock().acquire(150, TimeUnit.MILLISECONDS));
        }
        assertTrue(curators.writeLock().acquire(30, TimeUnit.SECONDS));
    }

    @Test
    void who_downgrades_is_not_overtaken_by_a_writer_of_the_other_library() throws Exception {
        Pando pando = pando();
        var curators = new InterProcessReadWriteLock(curator(), path("rw"));
        ReadWriteLock pandos = new ReadWriteLock(pando, path("rw"));
        Held writing = pandos.write().acquire(PATIENCE);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Boolean> writer = thread.submit(() -> curators.writeLock().acquire(30, TimeUnit.SECONDS));
        awaitSize(pando, path("rw"), 2);

        Held reading = pandos.read().acquire(PATIENCE);
        writing.close();
        assertThrows(TimeoutException.class, () -> writer.get(150, TimeUnit.MILLISECONDS));
        reading.close();
        assertTrue(writer.get(30, TimeUnit.SECONDS));

        CompletableFuture<Held> next = pandos.write().acquireAsync();
        awaitSize(pando, path("rw"), 2);
        thread.submit(() -> {
                    curators.readLock().acquire();
                    curators.writeLock().release();
                    return null;
                })
                .get(30, TimeUnit.SECONDS);
        awaitSize(pando, path("rw"), 2);
        assertFalse(Await.happens(SHORT, next::isDone));
        thread.submit(() -> {
                    curators.readLock().release();
                    return null;
                })
                .get(30, TimeUnit.SECONDS);
        assertTrue(next.get(30, TimeUnit.SECONDS).isCurrent());
        thread.shutdownNow();
    }

    @Test
    void a_crowd_of_readers_and_writers_of_both_libraries_never_meets_a_writer() throws Exception {
        Exclusion writers = new Exclusion();
        Pando last = pando();

        crowd(CLIENTS, number -> {
            boolean writes = number < 2;
            if (number % 2 == 0) {
                var lock = new InterProcessReadWriteLock(curator(), path("rw"));
                InterProcessLock mine = writes ? lock.writeLock() : lock.readLock();
                for (int i = 0; i < ROUNDS; i++) {
                    assertTrue(mine.acquire(30, TimeUnit.SECONDS));
                    if (writes) writers.visit();
                    mine.release();
                }
            } else {
                ReadWriteLock lock = new ReadWriteLock(pando(), path("rw"));
                var mine = writes ? lock.write() : lock.read();
                for (int i = 0; i < ROUNDS; i++) {
                    try (Held held = mine.acquire(PATIENCE)) {
                        if (writes) writers.visit(held.token());
                    }
                }
            }
        });

        writers.assertHeld();
        awaitEmpty(last, path("rw"));
    }

    @Test
    void leases_of_one_semaphore_are_lent_to_both() throws Exception {
        Exclusion room = new Exclusion();
        Pando last = pando();

        crowd(CLIENTS, number -> {
            if (number % 2 == 0) {
                var semaphore = new InterProcessSemaphoreV2(curator(), path("semaphore"), 2);
                for (int i = 0; i < ROUNDS; i++) {
                    Lease lease = semaphore.acquire();
                    room.visit();
                    semaphore.returnLease(lease);
                }
            } else {
                Semaphore semaphore = Semaphore.of(pando(), path("semaphore"), 2);
                for (int i = 0; i < ROUNDS; i++) {
                    try (Held lease = semaphore.acquire(PATIENCE)) {
                        assertTrue(lease.isCurrent());
                        room.visit();
                    }
                }
            }
        });

        assertTrue(room.most() <= 2, () -> "at most 2, not " + room.most());
        awaitEmpty(last, path("semaphore/leases"));
    }

    @Test
    void a_shared_count_of_curators_is_the_limit_of_a_semaphore_of_both() throws Exception {
        CuratorFramework curator = curator();
        Pando pando = pando();
        try (SharedCount count = new SharedCount(curator, path("count"), 1)) {
            count.start();
            var curators = new InterProcessSemaphoreV2(curator, path("semaphore"), count);
            Semaphore pandos = Semaphore.withSharedLimit(pando, path("semaphore"), path("count"), "anna");
            Held lease = pandos.acquire(PATIENCE);
            assertNull(curators.acquire(150, TimeUnit.MILLISECONDS));
            assertEquals(
                    Set.of(lease.token().path()),
                    Set.of(path("semaphore/leases") + "/"
                            + curators.getParticipantNodes().iterator().next()));

            count.setCount(2);

            assertTrue(curators.acquire(1, 30, TimeUnit.SECONDS).size() == 1);
            assertThrows(TimeoutException.class, () -> pandos.acquire(SHORT));
        }
    }

    @Test
    void several_locks_of_both_exclude_as_one() throws Exception {
        var curators = new InterProcessMultiLock(curator(), List.of(path("a"), path("b")));
        Pando pando = pando();
        MultiLock pandos = new MultiLock(new Lock(pando, path("a")), new Lock(pando, path("b")));

        assertTrue(curators.acquire(30, TimeUnit.SECONDS));
        assertThrows(TimeoutException.class, () -> pandos.acquire(SHORT));
        curators.release();

        try (var held = pandos.acquire(PATIENCE)) {
            assertTrue(held.isCurrent());
            assertFalse(curators.acquire(150, TimeUnit.MILLISECONDS));
        }
        assertTrue(curators.acquire(30, TimeUnit.SECONDS));
    }
}
