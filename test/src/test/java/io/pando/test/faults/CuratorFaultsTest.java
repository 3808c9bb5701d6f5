package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.Target;
import io.pando.test.znodes.Violations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.atomic.AtomicValue;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.retry.RetryForever;
import org.apache.curator.retry.RetryNTimes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Curator's recipes do what they are for while leaders are killed. */
@Tag("faults")
class CuratorFaultsTest {
    private static final int CLIENTS = 4;
    private static final int PROGRESS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<CuratorFramework> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private Ensemble ensemble;
    private volatile boolean stopping;

    @BeforeEach
    void start() throws Exception {
        ensemble = Trio.plan().start(Target.current());
        for (int i = 0; i < CLIENTS; i++) {
            CuratorFramework client = CuratorFrameworkFactory.newClient(
                    ensemble.connectString(), Work.SESSION_TIMEOUT_MS, 5_000, new RetryForever(50));
            client.start();
            clients.add(client);
        }
    }

    @AfterEach
    void stop() throws Exception {
        end();
        clients.forEach(CuratorFramework::close);
        if (ensemble != null) ensemble.close();
    }

    @Test
    void a_counter_counts_every_increment_once_at_least_and_gives_no_value_twice() throws Exception {
        AtomicInteger succeeded = new AtomicInteger();
        AtomicInteger tried = new AtomicInteger();
        Violations violations = new Violations();
        Set<Long> values = new HashSet<>();
        for (CuratorFramework client : clients) {
            var counter = new DistributedAtomicLong(client, "/counter", new RetryNTimes(50, 2));
            run(() -> {
                tried.incrementAndGet();
                AtomicValue<Long> value = counter.increment();
                if (!value.succeeded()) return;
                succeeded.incrementAndGet();
                synchronized (values) {
                    if (!values.add(value.postValue())) violations.add(value.postValue() + " was given twice");
                }
            });
        }

        for (int round = 0; round < Trio.ROUNDS; round++) {
            killTheLeader();
            int before = succeeded.get();
            Await.until("the counter goes on", PATIENCE, () -> succeeded.get() >= before + PROGRESS);
            ensemble.awaitServing();
        }
        end();

        violations.assertNone();
        long found = new DistributedAtomicLong(clients.getFirst(), "/counter", new RetryNTimes(50, 2))
                .get()
                .postValue();
        assertTrue(
                found >= succeeded.get(),
                () -> found + " is counted of " + succeeded.get() + " increments, tried " + tried.get() + " times");
    }

    @Test
    void there_is_one_leader_by_latch_before_and_after() throws Exception {
        List<LeaderLatch> latches = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            LeaderLatch latch = new LeaderLatch(clients.get(i), "/latch", "client-" + i);
            latch.start();
            latches.add(latch);
        }
        Await.until("one leads", PATIENCE, () -> leaders(latches) == 1);

        for (int round = 0; round < Trio.ROUNDS; round++) {
            killTheLeader();
            Await.until("one leads again", PATIENCE, () -> leaders(latches) == 1);
            ensemble.awaitServing();
        }

        for (LeaderLatch latch : latches) latch.close();
        // Curator takes them out in the background.
        Await.until(
                "nobody stays behind in the queue",
                PATIENCE,
                () -> clients.getFirst().getChildren().forPath("/latch").isEmpty());
    }

    private static long leaders(List<LeaderLatch> latches) {
        return latches.stream().filter(LeaderLatch::hasLeadership).count();
    }

    private void killTheLeader() throws Exception {
        Member leader = ensemble.leader();
        leader.kill();
        ensemble.leader();
        leader.launch();
    }

    private interface Step {
        void run() throws Exception;
    }

    private void run(Step step) {
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            while (!stopping) {
                try {
                    step.run();
                } catch (Exception e) {
                    // A lost connection, in whichever of Curator's ways: whether it counted is not known.
                }
            }
        }));
    }

    private void end() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) thread.join(PATIENCE);
    }
}
