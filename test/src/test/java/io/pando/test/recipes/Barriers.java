package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.barrier.Barrier;
import io.pando.recipes.doublebarrier.DoubleBarrier;
import io.pando.test.harness.Relay;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.recipes.barriers.DistributedBarrier;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;
import org.junit.jupiter.api.Test;

/** Barriers and double barriers, alone and with Curator's. */
abstract class Barriers extends RecipeTests {
    @Test
    void a_barrier_holds_everybody_back_until_it_is_removed() throws Exception {
        Barrier barrier = new Barrier(pando(), path("barrier"));
        barrier.set();
        barrier.set();
        CompletableFuture<Void> wait = new Barrier(pando(), path("barrier")).awaitAsync();
        assertThrows(TimeoutException.class, () -> new Barrier(pando(), path("barrier")).await(SHORT));
        assertFalse(wait.isDone());

        barrier.remove();

        wait.get(30, TimeUnit.SECONDS);
        barrier.await(PATIENCE);
        barrier.remove();
    }

    @Test
    void a_wait_at_a_barrier_outlives_its_session() throws Exception {
        Barrier barrier = new Barrier(pando(), path("barrier"));
        barrier.set();
        Pando losing = pando();
        CompletableFuture<Void> wait = new Barrier(losing, path("barrier")).awaitAsync();
        losing.sync("/").now();

        expire(losing);
        barrier.remove();

        wait.get(30, TimeUnit.SECONDS);
    }

    @Test
    void barriers_of_both_libraries_are_one() throws Exception {
        var curators = new DistributedBarrier(curator(), path("barrier"));
        Barrier pandos = new Barrier(pando(), path("barrier"));

        curators.setBarrier();
        CompletableFuture<Void> wait = pandos.awaitAsync();
        assertThrows(TimeoutException.class, () -> pandos.await(SHORT));
        curators.removeBarrier();
        wait.get(30, TimeUnit.SECONDS);

        pandos.set();
        assertFalse(curators.waitOnBarrier(150, TimeUnit.MILLISECONDS));
        pandos.remove();
        curators.waitOnBarrier(30, TimeUnit.SECONDS);
    }

    @Test
    void nobody_begins_before_all_have_come_and_nobody_goes_on_before_all_have_left() throws Exception {
        int members = 4;
        AtomicInteger come = new AtomicInteger();
        AtomicInteger gone = new AtomicInteger();
        Pando last = pando();

        crowd(members, number -> {
            DoubleBarrier barrier = new DoubleBarrier(pando(), path("double"), members);
            for (int round = 1; round <= 3; round++) {
                come.incrementAndGet();
                barrier.enter(PATIENCE);
                assertEquals(round * members, come.get());
                gone.incrementAndGet();
                barrier.leave(PATIENCE);
                assertEquals(round * members, gone.get());
            }
        });

        awaitEmpty(last, path("double"));
    }

    @Test
    void members_of_both_libraries_enter_and_leave_together() throws Exception {
        int members = 4;
        AtomicInteger come = new AtomicInteger();
        AtomicInteger gone = new AtomicInteger();
        // A member of Curator's that looks for the others when some have left already waits for ever.
        CyclicBarrier allIn = new CyclicBarrier(members);

        crowd(members, number -> {
            var curators = new DistributedDoubleBarrier(curator(), path("double"), members);
            DoubleBarrier pandos = new DoubleBarrier(pando(), path("double"), members);
            come.incrementAndGet();
            if (number % 2 == 0) assertTrue(curators.enter(30, TimeUnit.SECONDS));
            else pandos.enter(PATIENCE);
            assertEquals(members, come.get());
            allIn.await(30, TimeUnit.SECONDS);
            gone.incrementAndGet();
            if (number % 2 == 0) assertTrue(curators.leave(30, TimeUnit.SECONDS));
            else pandos.leave(PATIENCE);
            // Curator lets its own go when only one is left inside.
            assertTrue(gone.get() >= (number % 2 == 0 ? members - 1 : members), gone::toString);
        });

        assertEquals(List.of(), below(pando(), path("double")));
    }

    @Test
    void who_gives_up_entering_is_not_in() throws Exception {
        Pando pando = pando();
        DoubleBarrier barrier = new DoubleBarrier(pando, path("double"), 2);

        assertThrows(TimeoutException.class, () -> barrier.enter(SHORT));
        awaitEmpty(pando, path("double"));
        CompletableFuture<Void> first = barrier.enterAsync();
        awaitSize(pando, path("double"), 1);
        assertFalse(first.isDone());

        new DoubleBarrier(pando(), path("double"), 2).enter(PATIENCE);
        first.get(30, TimeUnit.SECONDS);
        assertThrows(IllegalStateException.class, barrier::enterAsync);
    }

    @Test
    void a_member_whose_session_is_lost_while_it_waits_comes_in_again() throws Exception {
        Pando losing = pando();
        CompletableFuture<Void> first = new DoubleBarrier(losing, path("double"), 2).enterAsync();
        awaitSize(pando(), path("double"), 1);

        expire(losing);
        new DoubleBarrier(pando(), path("double"), 2).enter(PATIENCE);

        first.get(30, TimeUnit.SECONDS);
    }

    @Test
    void who_hears_late_that_all_are_out_does_not_wait_for_who_has_come_in_again() throws Exception {
        Pando witness = pando();
        List<Relay> relays = List.of(server().relay(), server().relay());
        List<Pando> clients = relays.stream().map(this::through).toList();
        List<DoubleBarrier> members = clients.stream()
                .map(client -> new DoubleBarrier(client, path("double"), 2))
                .toList();
        CompletableFuture<Void> entered = members.get(0).enterAsync();
        members.get(1).enter(PATIENCE);
        entered.get(30, TimeUnit.SECONDS);
        // The last by name takes its znode down at once, and waits for the first.
        String last = below(witness, path("double")).stream()
                .filter(name -> !name.equals("ready"))
                .max(String::compareTo)
                .orElseThrow();
        long owner =
                witness.exists(path("double") + "/" + last).now().orElseThrow().ephemeralOwner();
        int slow = clients.get(0).session().orElseThrow().id() == owner ? 0 : 1;
        DoubleBarrier fast = members.get(1 - slow);

        CompletableFuture<Void> leaving = members.get(slow).leaveAsync();
        awaitSize(witness, path("double"), 2);
        relays.get(slow).silenceToClient();
        fast.leave(PATIENCE);
        CompletableFuture<Void> again = fast.enterAsync();
        awaitSize(witness, path("double"), 1);
        relays.get(slow).heal();

        leaving.get(30, TimeUnit.SECONDS);
        members.get(slow).enter(PATIENCE);
        again.get(30, TimeUnit.SECONDS);
    }
}
