package io.pando.test.faults;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of each of the faults that matter most, in every build; the other tests of this package run on request. */
class BriefFaultsTest {
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
    void clients_get_on_while_one_leader_is_killed_the_next_freezes_and_another_is_cut_off() throws Exception {
        Member killed = ensemble.leader();
        work.watch();
        killed.kill();
        work.awaitRecovery();
        killed.launch();
        ensemble.awaitServing();

        Member frozen = ensemble.leader();
        work.watch();
        frozen.freeze();
        work.awaitRecovery();
        frozen.thaw();
        ensemble.awaitServing();

        work.watch();
        ensemble.isolate(ensemble.leader());
        work.awaitRecovery();
        ensemble.heal();
        ensemble.awaitServing();

        work.judge();
    }
}
