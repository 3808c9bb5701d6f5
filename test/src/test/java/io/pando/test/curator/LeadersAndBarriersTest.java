package io.pando.test.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.curator.Crowd.Room;
import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.barriers.DistributedBarrier;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderSelector;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Choosing one, waiting for all, and knowing who is there. */
class LeadersAndBarriersTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void a_latch_has_one_leader_and_the_next_takes_over() throws Exception {
        List<LeaderLatch> latches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LeaderLatch latch = new LeaderLatch(Crowd.client(SERVER), SERVER.path("latch"), "member-" + i);
            latch.start();
            latches.add(latch);
        }

        while (!latches.isEmpty()) {
            Await.until("one leads", () -> leaders(latches) == 1);
            LeaderLatch leader = latches.stream()
                    .filter(LeaderLatch::hasLeadership)
                    .findFirst()
                    .orElseThrow();
            for (LeaderLatch latch : latches) {
                Await.until("all know", () -> latch.getLeader().getId().equals(leader.getId()));
            }
            assertEquals(1, leaders(latches));
            latches.remove(leader);
            leader.close();
        }
    }

    private static long leaders(List<LeaderLatch> latches) {
        return latches.stream().filter(LeaderLatch::hasLeadership).count();
    }

    @Test
    void leadership_goes_round_and_is_never_shared() throws Exception {
        int terms = 20;
        Room office = new Room();
        CountDownLatch ended = new CountDownLatch(terms);
        for (int i = 0; i < 4; i++) {
            LeaderSelector selector = new LeaderSelector(
                    Crowd.client(SERVER), SERVER.path("office"), new LeaderSelectorListenerAdapter() {
                        @Override
                        public void takeLeadership(CuratorFramework client) {
                            office.visit();
                            ended.countDown();
                        }
                    });
            selector.autoRequeue();
            selector.start();
            SERVER.closing(selector);
        }

        assertTrue(ended.await(60, TimeUnit.SECONDS));
        assertEquals(1, office.most());
    }

    @Test
    void a_selector_that_is_closed_while_it_leads_hands_over_to_the_next() throws Exception {
        Term first = new Term();
        Term second = new Term();
        LeaderSelector leading = new LeaderSelector(Crowd.client(SERVER), SERVER.path("office"), first);
        leading.start();
        assertTrue(first.begun.await(20, TimeUnit.SECONDS));
        LeaderSelector next = SERVER.closing(new LeaderSelector(Crowd.client(SERVER), SERVER.path("office"), second));
        next.start();
        Await.until("both stand", () -> next.getParticipants().size() == 2);
        assertEquals(1, second.begun.getCount());

        leading.close();

        assertTrue(second.begun.await(20, TimeUnit.SECONDS)); // of a session timeout of 30: by closing, not by expiry
        assertTrue(next.hasLeadership());
    }

    /** Leads until it is interrupted. */
    private static final class Term extends LeaderSelectorListenerAdapter {
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public void takeLeadership(CuratorFramework client) throws InterruptedException {
            begun.countDown();
            new CountDownLatch(1).await();
        }
    }

    @Test
    void a_barrier_holds_all_until_it_is_lifted() throws Exception {
        DistributedBarrier barrier = new DistributedBarrier(Crowd.client(SERVER), SERVER.path("barrier"));
        barrier.setBarrier();
        var waiting = new DistributedBarrier(Crowd.client(SERVER), SERVER.path("barrier"));
        assertFalse(waiting.waitOnBarrier(100, TimeUnit.MILLISECONDS));
        CountDownLatch lifted = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                waiting.waitOnBarrier();
                lifted.countDown();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        barrier.removeBarrier();

        assertTrue(lifted.await(20, TimeUnit.SECONDS));
    }

    @Test
    void a_double_barrier_lets_all_in_together_and_out_together() throws Exception {
        int members = 5;
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        // A member that looks for the others when some have left already waits for ever: Curator has forgotten what it
        // was told.
        CyclicBarrier allIn = new CyclicBarrier(members);

        List<List<Integer>> seen = Crowd.act(SERVER, members, (client, number) -> {
            var barrier = new DistributedDoubleBarrier(client, SERVER.path("barrier"), members);
            arrived.incrementAndGet();
            barrier.enter();
            int inside = arrived.get();
            allIn.await(30, TimeUnit.SECONDS);
            finished.incrementAndGet();
            barrier.leave();
            return List.of(inside, finished.get());
        });

        for (List<Integer> each : seen) {
            assertEquals(members, each.get(0));
            // Curator lets the others go when only one is left inside.
            assertTrue(each.get(1) >= members - 1, seen::toString);
        }
    }

    @Test
    void a_group_knows_its_members() throws Exception {
        List<GroupMember> members = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            GroupMember member =
                    new GroupMember(Crowd.client(SERVER), SERVER.path("group"), name, name.getBytes(UTF_8));
            member.start();
            members.add(SERVER.closing(member));
        }

        for (GroupMember member : members) {
            Await.until(
                    "all are known", () -> member.getCurrentMembers().keySet().equals(Set.of("a", "b", "c")));
        }
        members.get(0).close();
        Await.until(
                "one left", () -> members.get(1).getCurrentMembers().keySet().equals(Set.of("b", "c")));
    }
}
