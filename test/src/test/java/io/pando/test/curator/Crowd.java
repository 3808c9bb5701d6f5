package io.pando.test.curator;

import io.pando.test.harness.CuratorClients;
import io.pando.test.harness.SharedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;

/** Several Curator clients, each with a session and a thread of its own, that do the same at the same time. */
final class Crowd {
    private static final int PATIENCE_S = 60;

    private Crowd() {}

    /** A connected client, until the end of the test. */
    static CuratorFramework client(SharedServer server) throws InterruptedException {
        return server.closing(CuratorClients.connect(server.process().connectString()));
    }

    interface Member<T> {
        T act(CuratorFramework client, int number) throws Exception;
    }

    /** Lets {@code size} clients act at once, and returns what came of it, once all are done. */
    static <T> List<T> act(SharedServer server, int size, Member<T> member) throws Exception {
        List<CuratorFramework> clients = new ArrayList<>();
        for (int i = 0; i < size; i++) clients.add(client(server));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int number = i;
                Callable<T> task = () -> member.act(clients.get(number), number);
                futures.add(threads.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) results.add(result(future));
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("A member of the crowd waits in vain", e);
        } catch (ExecutionException e) {
            throw new AssertionError("A member of the crowd failed", e.getCause());
        }
    }

    /** A room that counts who is in it, and remembers the most there ever were. */
    static final class Room {
        private static final long VISIT_NANOS = 200_000;

        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger visits = new AtomicInteger();

        void visit() {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            visits.incrementAndGet();
            // Long enough for somebody who should not be here to be seen.
            LockSupport.parkNanos(VISIT_NANOS);
            inside.decrementAndGet();
        }

        int most() {
            return most.get();
        }

        int visits() {
            return visits.get();
        }
    }
}
