package io.pando.test.recipes.faults;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One of each of the faults that matter most; {@link RecipeProcessFaultsTest} has the others, and {@code RecipeFaultsTest} is in every build. */
@Tag("faults")
class BriefRecipeFaultsTest {
    @Test
    void recipes_keep_what_they_promise_while_a_holder_is_killed_the_leader_dies_and_links_are_cut() throws Exception {
        try (Ensemble ensemble =
                        Ensemble.of(3).with("tickTime", "500").withRelays().start(Target.PANDO);
                Play play = Play.begin(ensemble, "/play")) {
            Actor killed = play.actor(0);
            killed.kill();
            play.awaitProgressOfThoseWhoPlay();
            play.revive(killed);

            Member leader = ensemble.leader();
            play.actor(1).links().forEach(link -> link.silenceToClient());
            leader.kill();
            ensemble.leader();
            play.heal();
            leader.launch();
            ensemble.awaitServing();
            play.awaitProgress();

            play.judge();
        }
    }
}
