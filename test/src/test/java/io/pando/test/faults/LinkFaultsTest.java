package io.pando.test.faults;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three servers that run but do not hear each other: all that they say goes through relays of the test's own. */
@Tag("faults")
class LinkFaultsTest {
    private static final int DELAY_MS = 5;

    @RegisterExtension
    static final Stage STAGE = new Stage(Trio.plan().withRelays());

    private Ensemble ensemble;
    private Work work;

    @BeforeEach
    void enter() {
        ensemble = STAGE.ensemble();
        work = STAGE.work();
    }

    @Test
    void a_leader_that_neither_hears_nor_is_heard_is_replaced() throws Exception {
        faults(leader -> ensemble.isolate(leader));
    }

    @Test
    void a_leader_that_is_not_heard_is_replaced() throws Exception {
        faults(leader -> ensemble.othersThan(leader).forEach(other -> ensemble.cutOneWay(leader, other)));
    }

    @Test
    void a_leader_that_hears_nobody_gives_up() throws Exception {
        faults(leader -> ensemble.othersThan(leader).forEach(other -> ensemble.cutOneWay(other, leader)));
    }

    @Test
    void a_follower_that_does_not_hear_the_leader_stops_serving_and_comes_back() throws Exception {
        faults(leader -> ensemble.cutOneWay(leader, ensemble.othersThan(leader).getFirst()));
    }

    @Test
    void a_follower_that_the_leader_does_not_hear_stops_serving_and_comes_back() throws Exception {
        faults(leader -> ensemble.cutOneWay(ensemble.othersThan(leader).getFirst(), leader));
    }

    @Test
    void slow_links_that_break_now_and_then_only_cost_time() throws Exception {
        faults(leader -> {
            List<Member> others = ensemble.othersThan(leader);
            ensemble.delay(DELAY_MS);
            ensemble.reset(leader, others.getFirst());
            ensemble.reset(others.getFirst(), others.getLast());
        });
    }

    private interface Fault {
        void happensTo(Member leader) throws Exception;
    }

    /** Clients get on both during the fault and after it. */
    private void faults(Fault fault) throws Exception {
        for (int round = 0; round < Trio.ROUNDS; round++) {
            work.watch();

            fault.happensTo(ensemble.leader());
            work.awaitRecovery();
            ensemble.heal();

            ensemble.awaitServing();
            work.awaitProgress();
        }
        work.judge();
    }
}
