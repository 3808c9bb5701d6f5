package io.pando.test.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.curator.Crowd.Room;
import io.pando.test.harness.SharedServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessLock;
import org.apache.curator.framework.recipes.locks.InterProcessMultiLock;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreMutex;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mutexes, read-write locks and semaphores: never more inside than may be, and everybody gets in. */
class LocksTest {
    private static final int CLIENTS = 6;
    private static final int ROUNDS = 15;

    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void a_mutex_lets_one_in_at_a_time_and_everybody_in_the_end() throws Exception {
        assertExclusive(client -> new InterProcessMutex(client, SERVER.path("mutex")));
    }

    @Test
    void a_semaphore_mutex_lets_one_in_at_a_time() throws Exception {
        assertExclusive(client -> new InterProcessSemaphoreMutex(client, SERVER.path("mutex")));
    }

    @Test
    void several_locks_held_as_one_exclude_as_one() throws Exception {
        assertExclusive(client -> new InterProcessMultiLock(List.of(
                new InterProcessMutex(client, SERVER.path("a")), new InterProcessMutex(client, SERVER.path("b")))));
    }

    private interface MakeLock {
        InterProcessLock of(CuratorFramework client);
    }

    private static void assertExclusive(MakeLock make) throws Exception {
        Room room = new Room();

        Crowd.act(SERVER, CLIENTS, (client, number) -> {
            InterProcessLock lock = make.of(client);
            for (int i = 0; i < ROUNDS; i++) {
                lock.acquire();
                room.visit();
                lock.release();
            }
            return number;
        });

        assertEquals(1, room.most());
        assertEquals(CLIENTS * ROUNDS, room.visits());
    }

    @Test
    void readers_share_and_writers_exclude_everybody() throws Exception {
        Room writers = new Room();
        Room all = new Room();

        List<Integer> most = Crowd.act(SERVER, CLIENTS, (client, number) -> {
            var lock = new InterProcessReadWriteLock(client, SERVER.path("rw"));
            boolean writes = number % 3 == 0;
            InterProcessLock mine = writes ? lock.writeLock() : lock.readLock();
            for (int i = 0; i < ROUNDS; i++) {
                mine.acquire();
                if (writes) writers.visit();
                all.visit();
                mine.release();
            }
            return number;
        });

        assertEquals(CLIENTS, most.size());
        assertEquals(1, writers.most());
        assertEquals(CLIENTS * ROUNDS, all.visits());
    }

    @Test
    void two_readers_hold_the_lock_at_once_and_a_writer_does_not() throws Exception {
        var first = new InterProcessReadWriteLock(Crowd.client(SERVER), SERVER.path("rw"));
        var second = new InterProcessReadWriteLock(Crowd.client(SERVER), SERVER.path("rw"));

        first.readLock().acquire();
        assertTrue(second.readLock().acquire(20, TimeUnit.SECONDS));
        assertFalse(second.writeLock().acquire(100, TimeUnit.MILLISECONDS));

        first.readLock().release();
        second.readLock().release();
        assertTrue(second.writeLock().acquire(20, TimeUnit.SECONDS));
        assertFalse(first.readLock().acquire(100, TimeUnit.MILLISECONDS));
    }

    @Test
    void a_semaphore_lends_as_many_leases_as_it_has() throws Exception {
        Room room = new Room();

        Crowd.act(SERVER, CLIENTS, (client, number) -> {
            var semaphore = new InterProcessSemaphoreV2(client, SERVER.path("leases"), 2);
            for (int i = 0; i < ROUNDS; i++) {
                Lease lease = semaphore.acquire();
                room.visit();
                semaphore.returnLease(lease);
            }
            return number;
        });

        assertTrue(room.most() <= 2, () -> "at most 2, not " + room.most());
        assertEquals(CLIENTS * ROUNDS, room.visits());
    }

    @Test
    void the_lock_of_a_client_that_is_gone_is_free_again() throws Exception {
        CuratorFramework dying = Crowd.client(SERVER);
        CuratorFramework waiting = Crowd.client(SERVER);
        new InterProcessMutex(dying, SERVER.path("mutex")).acquire();
        var mutex = new InterProcessMutex(waiting, SERVER.path("mutex"));
        assertFalse(mutex.acquire(100, TimeUnit.MILLISECONDS));

        dying.close();

        assertTrue(mutex.acquire(20, TimeUnit.SECONDS));
    }

    @Test
    void leases_of_a_semaphore_run_out() throws Exception {
        var semaphore = new InterProcessSemaphoreV2(Crowd.client(SERVER), SERVER.path("leases"), 1);
        Lease lease = semaphore.acquire();

        assertNull(semaphore.acquire(100, TimeUnit.MILLISECONDS));
        semaphore.returnLease(lease);

        assertNotNull(semaphore.acquire(20, TimeUnit.SECONDS));
    }
}
