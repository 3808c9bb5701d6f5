package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.examples.Cron;
import io.pando.recipes.examples.LeaderWithFencing;
import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples do what their pages say. */
class ElectionExamplesTest extends RecipeTests {
    private static final Duration EVERY = Duration.ofMillis(50);

    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().of(Target.PANDO);

    @Override
    SharedServer server() {
        return SERVER;
    }

    @Test
    void another_leader_counts_on_when_the_first_has_lost_its_session() throws Exception {
        Pando watching = pando();
        Pando first = pando();
        Thread one = counting(first, "one");
        Await.until("one counts", () -> count(watching) > 3);
        Thread two = counting(pando(), "two");
        awaitSize(watching, path("count/leader"), 2);

        expire(first);
        long then = count(watching);

        Await.until("it goes on", () -> count(watching) > then + 3);
        one.interrupt();
        two.interrupt();
        one.join();
        two.join();
        awaitEmpty(watching, path("count/leader"));
    }

    private Thread counting(Pando pando, String id) {
        LeaderWithFencing example = new LeaderWithFencing(pando, path("count"), id);
        Thread thread = new Thread(() -> {
            try {
                example.run();
            } catch (InterruptedException ended) {
                // As asked.
            }
        });
        thread.start();
        return thread;
    }

    private long count(Pando pando) throws InterruptedException {
        return Long.parseLong(pando.getData(path("count/counter")).now().text());
    }

    @Test
    void every_time_is_run_once_by_one_of_them_and_by_another_when_that_one_is_gone() throws Exception {
        Queue<Instant> times = new ConcurrentLinkedQueue<>();
        Queue<String> runners = new ConcurrentLinkedQueue<>();
        List<Pando> clients = List.of(pando(), pando(), pando());
        for (int i = 0; i < clients.size(); i++) {
            String id = "c" + i;
            SERVER.closing(new Cron(clients.get(i), path("cron"), id, EVERY, Clock.systemUTC(), (due, token) -> {
                        times.add(due);
                        runners.add(id);
                    })
                    .start());
            awaitSize(clients.get(i), path("cron/leader"), i + 1);
        }

        Await.until("the first runs", () -> times.size() >= 3);
        expire(clients.get(0));
        Await.until("another runs", () -> runners.stream().distinct().count() >= 2);
        int then = times.size();
        Await.until("it goes on", () -> times.size() > then + 3);

        List<Instant> seen = List.copyOf(times);
        assertEquals(Set.copyOf(seen).size(), seen.size(), () -> "a time of " + seen + " was run twice");
        assertTrue(seen.stream().allMatch(time -> time.toEpochMilli() % EVERY.toMillis() == 0));
    }
}
