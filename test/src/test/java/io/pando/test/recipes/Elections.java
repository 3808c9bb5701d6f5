package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.fencing.End;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Standing;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.leader.LeaderLatch;
import io.pando.recipes.leader.LeaderSelector;
import io.pando.recipes.leader.Participant;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Leader election in both styles. */
abstract class Elections extends RecipeTests {
    private LeaderLatch latch(Pando pando, String id) {
        return server().closing(new LeaderLatch(pando, path("leader"), id));
    }

    @Test
    void who_took_part_first_leads_and_the_next_when_it_is_gone() throws Exception {
        Pando pando = pando();
        LeaderLatch first = latch(pando(), "first").start();
        Held leadership = first.await(PATIENCE);
        LeaderLatch second = latch(pando(), "second").start();
        awaitSize(pando, path("leader"), 2);

        assertThrows(TimeoutException.class, () -> second.await(SHORT));
        assertEquals(
                List.of("first leads", "second waits"),
                second.participants().get(30, TimeUnit.SECONDS).stream()
                        .map(each -> each.id() + (each.leads() ? " leads" : " waits"))
                        .toList());
        first.close();

        assertEquals(End.RELEASED, leadership.ended().get(30, TimeUnit.SECONDS));
        assertTrue(second.await(PATIENCE).token().compareTo(leadership.token()) > 0);
        assertThrows(IllegalStateException.class, () -> first.await(SHORT));
    }

    @Test
    void who_resigns_stands_at_the_end_again() throws Exception {
        Pando pando = pando();
        LeaderLatch first = latch(pando(), "first").start();
        Held leadership = first.await(PATIENCE);
        LeaderLatch second = latch(pando(), "second").start();
        awaitSize(pando, path("leader"), 2);

        first.resign().get(30, TimeUnit.SECONDS);

        Held next = second.await(PATIENCE);
        assertFalse(leadership.isCurrent());
        awaitSize(pando, path("leader"), 2);
        second.resign();
        assertTrue(first.await(PATIENCE).token().compareTo(next.token()) > 0);
        assertTrue(first.leadership().isPresent());
        assertTrue(second.leadership().isEmpty());
    }

    @Test
    void a_leadership_ends_with_the_connection_and_another_one_with_a_higher_token_follows() throws Exception {
        Relay relay = server().relay();
        Pando cut = server().closing(Pando.connect(relay.connectString()).open());
        BlockingQueue<Held> told = new LinkedBlockingQueue<>();
        LeaderLatch latch = latch(cut, "cut").onLeadership(told::add).start();
        Held first = latch.await(PATIENCE);

        relay.cut();

        assertEquals(End.DOUBTED, first.ended().get(30, TimeUnit.SECONDS));
        Held second = latch.await(PATIENCE);
        assertTrue(second.token().compareTo(first.token()) > 0);
        assertEquals(first.token(), told.take().token());
        assertEquals(second.token(), told.take().token());
        awaitSize(pando(), path("leader"), 1);
    }

    @Test
    void a_leadership_that_trusts_the_session_is_in_doubt_without_a_connection_and_goes_on_with_it() throws Exception {
        Relay relay = server().relay();
        Pando cut = server().closing(Pando.connect(relay.connectString()).open());
        LeaderLatch latch = server().closing(new LeaderLatch(cut, path("leader"), "cut", Trust.SESSION))
                .start();
        Held leadership = latch.await(PATIENCE);

        relay.cutAndRefuse();
        Await.until("it is in doubt", () -> leadership.standing() == Standing.IN_DOUBT);
        relay.heal();

        Await.until("it is current", leadership::isCurrent);
        expire(cut);
        assertEquals(End.SESSION_LOST, leadership.ended().get(30, TimeUnit.SECONDS));
        assertTrue(latch.await(PATIENCE).token().compareTo(leadership.token()) > 0);
    }

    @Test
    void a_leader_whose_znode_somebody_deletes_leads_no_longer() throws Exception {
        Pando pando = pando();
        LeaderLatch latch = latch(pando, "deposed").start();
        Held leadership = latch.await(PATIENCE);

        pando.delete(leadership.token().path()).now();

        assertEquals(End.DELETED, leadership.ended().get(30, TimeUnit.SECONDS));
        assertTrue(latch.await(PATIENCE).token().compareTo(leadership.token()) > 0);
    }

    @Test
    void never_do_two_lead_while_leaders_lose_sessions_and_resign() throws Exception {
        Exclusion room = new Exclusion();
        AtomicInteger terms = new AtomicInteger();
        List<LeaderLatch> latches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Pando pando = pando();
            int number = i;
            latches.add(latch(pando, "p" + i).onLeadership(held -> {
                room.visit(held.token());
                if (terms.incrementAndGet() % 5 == 0) {
                    CompletableFuture.runAsync(() -> expireQuietly(pando));
                } else {
                    latches.get(number).resign();
                }
            }));
        }

        latches.forEach(LeaderLatch::start);

        Await.until("there were many leaders", () -> terms.get() >= 40);
        latches.forEach(LeaderLatch::close);
        room.assertHeld();
        awaitEmpty(pando(), path("leader"));
    }

    private void expireQuietly(Pando pando) {
        try {
            expire(pando);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_selector_runs_its_task_once_when_it_leads_and_again_when_asked() throws Exception {
        BlockingQueue<String> led = new LinkedBlockingQueue<>();
        LeaderSelector once =
                server().closing(new LeaderSelector(pando(), path("leader"), "once", held -> led.add("once")));
        once.start();
        assertEquals("once", led.poll(30, TimeUnit.SECONDS));
        awaitEmpty(pando(), path("leader"));

        once.requeue();
        assertEquals("once", led.poll(30, TimeUnit.SECONDS));
        awaitEmpty(pando(), path("leader"));
    }

    @Test
    void selectors_that_requeue_lead_in_turn_one_at_a_time() throws Exception {
        Exclusion room = new Exclusion();
        CountDownLatch terms = new CountDownLatch(30);
        List<LeaderSelector> selectors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            selectors.add(new LeaderSelector(pando(), path("leader"), "s" + i, held -> {
                        room.visit(held.token());
                        terms.countDown();
                    })
                    .requeueAlways()
                    .start());
        }

        assertTrue(terms.await(30, TimeUnit.SECONDS));

        selectors.forEach(LeaderSelector::close);
        room.assertHeld();
        awaitEmpty(pando(), path("leader"));
    }

    @Test
    void a_task_is_interrupted_when_its_leadership_ends() throws Exception {
        CompletableFuture<Held> leading = new CompletableFuture<>();
        CompletableFuture<End> interrupted = new CompletableFuture<>();
        Pando losing = pando();
        LeaderSelector selector = server().closing(new LeaderSelector(losing, path("leader"), "s", held -> {
            leading.complete(held);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                interrupted.complete(held.ended().get());
            }
        }));
        selector.start();
        leading.get(30, TimeUnit.SECONDS);
        List<Participant> participants = selector.participants().get(30, TimeUnit.SECONDS);

        expire(losing);

        assertTrue(participants.getFirst().leads());
        assertEquals(End.DOUBTED, interrupted.get(30, TimeUnit.SECONDS));
    }
}
