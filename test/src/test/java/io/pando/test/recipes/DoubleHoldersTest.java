package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.connection.Session;
import io.pando.recipes.barrier.Barrier;
import io.pando.recipes.fencing.End;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.leader.LeaderLatch;
import io.pando.recipes.lock.Lock;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Row 4 of what users of other libraries complain of (design: user-asks.md): a lock or a leadership that two have at once after their
 * connections were lost. Each way in which that happens elsewhere is a test:
 *
 * <ul>
 *   <li>the znode of a session that has ended is taken for one's own: here
 *   <li>a create is carried out twice, or found by somebody else: {@link RecipeFaultsTest}
 *   <li>who leads goes on to do so without a connection, or comes back to it: here, and {@link Elections}
 *   <li>a release whose answer is lost takes away what another holds: here
 *   <li>a lost connection opens a barrier: here
 *   <li>who stood still goes on where it was: {@link RecipeFaultsTest}, by the token
 *   <li>all of these by chance, with processes that die: {@code recipes.faults}
 * </ul>
 */
class DoubleHoldersTest extends RecipeTests {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().of(Target.PANDO);

    @Override
    SharedServer server() {
        return SERVER;
    }

    @Test
    void the_znode_of_a_session_that_has_ended_is_not_taken_for_ones_own() throws Exception {
        Relay relay = SERVER.relay();
        Pando cut = through(relay);
        Pando witness = pando();
        Session former = cut.awaitConnected(PATIENCE);
        witness.create(path("lock")).now();

        relay.silenceToClient();
        CompletableFuture<Held> wait = new Lock(cut, path("lock")).acquireAsync();
        awaitSize(witness, path("lock"), 1);
        expire(cut);
        relay.cut();
        relay.heal();

        Held held = wait.get(30, TimeUnit.SECONDS);
        assertNotEquals(former.id(), held.token().sessionId());
        assertEquals(cut.awaitConnected(PATIENCE).id(), held.token().sessionId());
        assertTrue(held.isCurrent());
        assertEquals(1, below(witness, path("lock")).size());
    }

    @Test
    void who_led_before_its_session_ended_stands_behind_who_leads_now() throws Exception {
        Relay relay = SERVER.relay();
        Pando cut = through(relay);
        LeaderLatch first =
                SERVER.closing(new LeaderLatch(cut, path("leader"), "first")).start();
        Held lost = first.await(PATIENCE);
        LeaderLatch second = SERVER.closing(new LeaderLatch(pando(), path("leader"), "second"))
                .start();
        Pando witness = pando();
        awaitSize(witness, path("leader"), 2);

        relay.cutAndRefuse();
        assertEquals(End.DOUBTED, lost.ended().get(30, TimeUnit.SECONDS));
        expire(cut);
        Held leadership = second.await(PATIENCE);
        relay.heal();

        awaitSize(witness, path("leader"), 2);
        assertTrue(first.leadership().isEmpty());
        assertTrue(leadership.isCurrent());
        assertEquals(
                List.of("second leads", "first waits"),
                second.participants().get(30, TimeUnit.SECONDS).stream()
                        .map(each -> each.id() + (each.leads() ? " leads" : " waits"))
                        .toList());
        assertFalse(lost.isCurrent());
    }

    @Test
    void a_release_whose_answer_is_lost_takes_nothing_away_from_who_comes_next() throws Exception {
        Relay relay = SERVER.relay();
        Held held = new Lock(through(relay), path("lock")).acquire(PATIENCE);
        Pando pando = pando();
        CompletableFuture<Held> waiting = new Lock(pando, path("lock")).acquireAsync();
        awaitSize(pando, path("lock"), 2);

        relay.silenceToClient();
        CompletableFuture<Void> released = held.release();
        Held next = waiting.get(30, TimeUnit.SECONDS);
        relay.cut();
        relay.heal();

        released.get(30, TimeUnit.SECONDS);
        assertTrue(next.isCurrent());
        next.token().guard(pando.transaction()).now();
    }

    @Test
    void a_lost_connection_opens_no_barrier() throws Exception {
        Barrier barrier = new Barrier(pando(), path("barrier"));
        barrier.set();
        Relay relay = SERVER.relay();
        Pando cut = through(relay);
        CompletableFuture<Void> wait = new Barrier(cut, path("barrier")).awaitAsync();

        for (int i = 0; i < 20; i++) {
            relay.cut();
            Await.until("it is back", () -> cut.exists(path("barrier")).now().isPresent());
            assertFalse(wait.isDone());
        }

        barrier.remove();
        wait.get(30, TimeUnit.SECONDS);
    }
}
