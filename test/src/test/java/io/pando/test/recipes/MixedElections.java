package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.leader.LeaderLatch;
import io.pando.recipes.leader.LeaderSelector;
import io.pando.recipes.leader.Participant;
import io.pando.test.harness.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;
import org.junit.jupiter.api.Test;

/** Participants of Pando's elections and of Curator's at the same path. */
abstract class MixedElections extends RecipeTests {
    @Test
    void latches_of_both_libraries_see_each_other_and_lead_in_turn() throws Exception {
        Pando pando = pando();
        var curators =
                new org.apache.curator.framework.recipes.leader.LeaderLatch(curator(), path("leader"), "curator");
        LeaderLatch pandos = server().closing(new LeaderLatch(pando(), path("leader"), "pando"));

        pandos.start();
        Held leadership = pandos.await(PATIENCE);
        curators.start();
        awaitSize(pando, path("leader"), 2);
        Await.until("Curator sees both", () -> curators.getParticipants().size() == 2);

        assertEquals("pando", curators.getLeader().getId());
        assertFalse(curators.hasLeadership());
        assertEquals(
                List.of("pando", "curator"),
                pandos.participants().get(30, TimeUnit.SECONDS).stream()
                        .map(Participant::id)
                        .toList());
        pandos.resign();
        assertTrue(curators.await(30, TimeUnit.SECONDS));
        assertFalse(leadership.isCurrent());
        awaitSize(pando, path("leader"), 2);
        assertEquals(
                "curator",
                pandos.participants().get(30, TimeUnit.SECONDS).getFirst().id());
        curators.close();
        assertTrue(pandos.await(PATIENCE).token().compareTo(leadership.token()) > 0);
    }

    @Test
    void selectors_of_both_libraries_lead_one_at_a_time_and_in_turn() throws Exception {
        Exclusion room = new Exclusion();
        CountDownLatch pandoTerms = new CountDownLatch(10);
        CountDownLatch curatorTerms = new CountDownLatch(10);
        List<AutoCloseable> selectors = new ArrayList<>();
        List<CuratorFramework> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            clients.add(curator());
            var curators = new org.apache.curator.framework.recipes.leader.LeaderSelector(
                    clients.get(i), path("leader"), new LeaderSelectorListenerAdapter() {
                        @Override
                        public void takeLeadership(CuratorFramework client) {
                            room.visit();
                            curatorTerms.countDown();
                        }
                    });
            curators.setId("curator");
            curators.autoRequeue();
            selectors.add(curators);
            LeaderSelector pandos = new LeaderSelector(pando(), path("leader"), "pando", held -> {
                        room.visit(held.token());
                        pandoTerms.countDown();
                    })
                    .requeueAlways();
            selectors.add(pandos);
            curators.start();
            pandos.start();
        }

        assertTrue(pandoTerms.await(30, TimeUnit.SECONDS));
        assertTrue(curatorTerms.await(30, TimeUnit.SECONDS));

        for (AutoCloseable selector : selectors) {
            selector.close();
        }
        // A selector of Curator's that is closed in the middle of a create leaves what it has created to the session.
        clients.forEach(CuratorFramework::close);
        room.assertHeld();
        awaitEmpty(pando(), path("leader"));
    }
}
