package io.pando.test.faults;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that die or freeze, one, some or all of three. */
@Tag("faults")
class ProcessFaultsTest {
    private static final int KILLS = 3;

    @RegisterExtension
    static final Stage STAGE = new Stage(Trio.plan());

    private Ensemble ensemble;
    private Work work;

    @BeforeEach
    void enter() {
        ensemble = STAGE.ensemble();
        work = STAGE.work();
    }

    @Test
    void the_leader_is_killed_again_and_again() throws Exception {
        for (int round = 0; round < KILLS * Trio.ROUNDS; round++) {
            Member leader = ensemble.leader();
            work.watch();

            leader.kill();

            work.awaitRecovery();
            leader.launch();
            ensemble.awaitServing();
        }
        work.judge();
    }

    @Test
    void the_leader_freezes_and_finds_itself_deposed() throws Exception {
        for (int round = 0; round < Trio.ROUNDS; round++) {
            Member leader = ensemble.leader();
            work.watch();

            leader.freeze();
            work.awaitRecovery();
            leader.thaw();

            ensemble.awaitServing();
            work.awaitProgress();
        }
        work.judge();
    }

    @Test
    void a_follower_freezes_and_catches_up() throws Exception {
        for (int round = 0; round < Trio.ROUNDS; round++) {
            Member follower = ensemble.followers().getFirst();
            work.watch();

            follower.freeze();
            work.awaitRecovery();
            follower.thaw();

            ensemble.awaitServing();
        }
        work.judge();
    }

    @Test
    void all_are_killed_at_once() throws Exception {
        for (int round = 0; round < Trio.ROUNDS; round++) {
            work.watch();

            ensemble.members().forEach(Member::kill);
            for (Member member : ensemble.members()) member.launch();

            work.awaitRecovery();
            ensemble.awaitServing();
        }
        work.judge();
    }

    @Test
    void one_after_the_other_is_restarted_as_for_an_upgrade() throws Exception {
        for (Member member : ensemble.members()) {
            work.watch();

            member.terminate();
            work.awaitRecovery();
            member.launch();

            ensemble.awaitServing();
        }
        work.judge();
    }
}
