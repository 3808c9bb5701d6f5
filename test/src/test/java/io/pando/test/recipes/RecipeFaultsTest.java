package io.pando.test.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.leader.LeaderLatch;
import io.pando.recipes.lock.Lock;
import io.pando.recipes.readwrite.ReadWriteLock;
import io.pando.recipes.semaphore.Semaphore;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Connections that break, processes that stand still or die, while locks are held and waited for. {@code -Dpando.recipes.rounds=50} does
 * so more often.
 */
class RecipeFaultsTest extends RecipeTests {
    private static final int ROUNDS = Integer.getInteger("pando.recipes.rounds", 1);
    private static final int CUTS = 25;
    private static final Duration SHORT_SESSION = Duration.ofSeconds(4);

    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().of(Target.PANDO);

    @Override
    SharedServer server() {
        return SERVER;
    }

    @Test
    void a_lock_whose_connection_breaks_at_any_moment_of_the_wait_is_acquired_and_leaves_nothing_behind()
            throws Exception {
        Relay relay = SERVER.relay();
        Pando cut = through(relay);
        Pando pando = pando();
        Lock lock = new Lock(cut, path("lock"));
        Random chance = new Random(7);

        for (int i = 0; i < CUTS * ROUNDS; i++) {
            CompletableFuture<Held> wait = lock.acquireAsync();
            Await.happens(Duration.ofNanos(chance.nextInt(4_000_000)), wait::isDone);
            relay.cut();
            Held held = wait.get(30, TimeUnit.SECONDS);
            assertEquals(1, below(pando, path("lock")).size());
            held.release().get(30, TimeUnit.SECONDS);
            awaitEmpty(pando, path("lock"));
        }
    }

    @Test
    void a_wait_that_is_cancelled_while_its_create_has_no_answer_leaves_nothing_behind() throws Exception {
        Relay relay = SERVER.relay();
        Pando silent = through(relay);
        Pando pando = pando();
        silent.sync("/").now();
        pando.create(path("lock")).now();

        relay.silenceToClient();
        CompletableFuture<Held> wait = new Lock(silent, path("lock")).acquireAsync();
        awaitSize(pando, path("lock"), 1);
        wait.cancel(false);
        relay.cut();
        relay.heal();

        awaitEmpty(pando, path("lock"));
    }

    @Test
    void nobody_waits_in_vain_and_tokens_never_go_back_while_links_are_cut() throws Exception {
        Pando pando = pando();
        Journal journal = new Journal(pando, path("journal"));
        AtomicBoolean over = new AtomicBoolean();
        List<Relay> relays = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            relays.add(SERVER.relay());
        }
        Thread faults = new Thread(() -> cutAll(relays, over));
        faults.start();

        crowd(4, number -> {
            Pando mine = through(relays.get(number));
            Lock lock = new Lock(mine, path("lock"));
            ReadWriteLock both = new ReadWriteLock(mine, path("rw"));
            Semaphore two = Semaphore.of(mine, path("semaphore"), 2);
            for (int i = 0; i < 12 * ROUNDS; i++) {
                try (Held lease = two.acquire(PATIENCE);
                        Held reading = both.read().acquire(PATIENCE);
                        Held held = lock.acquire(PATIENCE)) {
                    journal.write(mine, held.token(), "c" + number);
                    assertTrue(reading.token().number() != lease.token().number());
                }
                both.write().acquire(PATIENCE).close();
            }
        });
        over.set(true);
        faults.join();
        relays.forEach(Relay::heal);

        journal.assertExclusive(pando);
        for (String line : List.of("lock", "rw", "semaphore/locks", "semaphore/leases")) {
            awaitEmpty(pando, path(line));
        }
    }

    private static void cutAll(List<Relay> relays, AtomicBoolean over) {
        Random chance = new Random(11);
        while (!over.get()) {
            Await.happens(Duration.ofMillis(20 + chance.nextInt(60)), over::get);
            relays.get(chance.nextInt(relays.size())).cut();
        }
    }

    @Test
    void leaders_that_are_cut_off_and_expired_never_share_a_token_and_nobody_is_left_without_one() throws Exception {
        Pando pando = pando();
        Journal journal = new Journal(pando, path("journal"));
        List<Relay> relays = new ArrayList<>();
        List<Pando> clients = new ArrayList<>();
        List<LeaderLatch> latches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Relay relay = SERVER.relay();
            relays.add(relay);
            clients.add(through(relay));
            latches.add(new LeaderLatch(clients.get(i), path("leader"), "p" + i).start());
        }

        long last = 0;
        for (int round = 0; round < 8 * ROUNDS; round++) {
            int leader = Await.value("somebody leads", () -> leaderOf(latches));
            Held leadership = latches.get(leader).await(PATIENCE);
            assertTrue(leadership.token().number() > last);
            last = leadership.token().number();
            journal.write(clients.get(leader), leadership.token(), "p" + leader);
            if (round % 2 == 0) {
                relays.get(leader).cut();
            } else {
                expire(clients.get(leader));
            }
            leadership.ended().get(30, TimeUnit.SECONDS);
            journal.write(pando, leadership.token(), "p" + leader);
        }

        latches.forEach(LeaderLatch::close);
        journal.assertExclusive(pando);
        awaitEmpty(pando, path("leader"));
    }

    private static @Nullable Integer leaderOf(List<LeaderLatch> latches) {
        for (int i = 0; i < latches.size(); i++) {
            if (latches.get(i).leadership().isPresent()) {
                return i;
            }
        }
        return null;
    }

    @Test
    void a_process_that_stood_still_while_another_got_the_lock_is_refused_when_it_goes_on() throws Exception {
        Pando pando = pando();
        pando.create(path("report")).now();
        Lock lock = new Lock(pando, path("lock"));

        try (LockHolder holder =
                LockHolder.start(SERVER.process().connectString(), SHORT_SESSION, path("lock"), path("report"))) {
            assertEquals("written", holder.write("first"));
            holder.freeze();
            Held held = lock.acquire(PATIENCE);
            assertTrue(held.token().number() > holder.token());
            held.token()
                    .guard(pando.transaction())
                    .setData(path("report"), "second".getBytes(UTF_8))
                    .now();
            holder.thaw();

            // On the connection that died meanwhile, and before it knows that its session is over, it may get no
            // answer.
            String late;
            do {
                late = holder.write("late");
                assertNotEquals("written", late);
            } while (!late.equals("refused"));
            assertEquals("second", pando.getData(path("report")).now().text());
        }
    }

    @Test
    void the_lock_of_a_process_that_was_killed_goes_to_the_next() throws Exception {
        Pando pando = pando();
        pando.create(path("report")).now();

        try (LockHolder holder =
                LockHolder.start(SERVER.process().connectString(), SHORT_SESSION, path("lock"), path("report"))) {
            holder.kill();

            assertTrue(new Lock(pando, path("lock")).acquire(PATIENCE).token().number() > holder.token());
        }
    }
}
