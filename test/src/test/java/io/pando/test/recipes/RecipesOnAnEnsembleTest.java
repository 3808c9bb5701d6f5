package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.leader.LeaderLatch;
import io.pando.recipes.lock.Lock;
import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks and leaderships of several clients while the servers that keep them die, and sessions expire. */
class RecipesOnAnEnsembleTest {
    private static final int ROUNDS = Integer.getInteger("pando.recipes.rounds", 1);
    private static final int CLIENTS = 3;
    private static final int PROGRESS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Pando> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicIntegerArray held = new AtomicIntegerArray(CLIENTS);
    private Ensemble ensemble;
    private volatile boolean over;

    @BeforeEach
    void start() throws Exception {
        ensemble = Ensemble.of(3).with("tickTime", "500").start(Target.PANDO);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(client());
        }
    }

    private Pando client() {
        return Pando.connect(ensemble.connectString())
                .sessionTimeout(Duration.ofSeconds(8))
                .backoff(Duration.ofMillis(20), Duration.ofMillis(200))
                .open();
    }

    @AfterEach
    void stop() {
        over = true;
        threads.shutdownNow();
        clients.forEach(Pando::close);
        if (ensemble != null) ensemble.close();
    }

    @Test
    void locks_and_leaderships_exclude_while_leaders_are_killed_and_sessions_expire() throws Exception {
        Pando pando = client();
        clients.add(pando);
        Journal locked = new Journal(pando, "/locked");
        Journal led = new Journal(pando, "/led");
        List<Future<?>> workers = new ArrayList<>();
        List<LeaderLatch> latches = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            workers.add(threads.submit(() -> work(number, locked)));
            LeaderLatch latch = new LeaderLatch(clients.get(number), "/leader", "c" + number);
            latches.add(latch.start());
            workers.add(threads.submit(() -> lead(number, latch, led)));
        }
        awaitProgress(led);

        for (int round = 0; round < ROUNDS; round++) {
            Member leader = ensemble.leader();
            leader.kill();
            awaitProgress(led);
            expire(clients.get(round % CLIENTS));
            leader.launch();
            ensemble.awaitServing();
            awaitProgress(led);
        }
        over = true;
        for (Future<?> worker : workers) {
            worker.get(60, TimeUnit.SECONDS);
        }
        latches.forEach(LeaderLatch::close);

        locked.assertExclusive(pando);
        led.assertExclusive(pando);
        RecipeTests.awaitEmpty(pando, "/lock");
        RecipeTests.awaitEmpty(pando, "/leader");
    }

    private Void work(int number, Journal journal) throws Exception {
        Lock lock = new Lock(clients.get(number), "/lock", "c" + number);
        while (!over) {
            try (Held mine = lock.acquire(PATIENCE)) {
                journal.write(clients.get(number), mine.token(), "c" + number);
                held.incrementAndGet(number);
            }
        }
        return null;
    }

    private Void lead(int number, LeaderLatch latch, Journal journal) throws Exception {
        while (!over) {
            try {
                Held leadership = latch.await(Duration.ofMillis(200));
                journal.write(clients.get(number), leadership.token(), "c" + number);
                latch.resign();
            } catch (TimeoutException anotherLeads) {
                // It goes on taking part.
            }
        }
        return null;
    }

    /** Everybody gets the lock, and somebody leads. */
    private void awaitProgress(Journal led) {
        int before = led.written();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            int least = held.get(number) + PROGRESS;
            Await.until("client " + number + " holds the lock again", PATIENCE, () -> held.get(number) >= least);
        }
        Await.until("somebody leads", PATIENCE, () -> led.written() > before);
    }

    private void expire(Pando losing) throws Exception {
        var session = losing.session().orElseThrow();
        try (Pando other =
                Pando.connect(ensemble.connectString()).takeOver(session).open()) {
            assertTrue(other.awaitConnected(PATIENCE).id() == session.id());
        }
    }
}
