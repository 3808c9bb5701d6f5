package io.pando.test.recipes.faults;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.Relay;
import io.pando.test.harness.Target;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All recipes at once, and one fault after the other: of client processes, of servers, of links. */
@Tag("faults")
class RecipeProcessFaultsTest {
    /** So many faults of a kind, one after the other. */
    private static final int ROUNDS = Integer.getInteger("pando.recipes.rounds", 2);

    private final long seed = new Random().nextLong();
    private final Random chance = new Random(seed);
    private Ensemble ensemble;
    private Play play;

    @BeforeEach
    void begin() throws Exception {
        ensemble = Ensemble.of(3).with("tickTime", "500").withRelays().start(Target.PANDO);
        play = Play.begin(ensemble, "/play");
    }

    @AfterEach
    void end() {
        if (play != null) play.close();
        if (ensemble != null) ensemble.close();
    }

    private interface Fault {
        void happens(int round) throws Exception;
    }

    /** Everybody gets on after each, and in the end nothing was ever wrong. */
    private void faults(Fault fault) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // So that faults meet the recipes in different moments.
            LockSupport.parkNanos(chance.nextInt(20_000_000));
            fault.happens(round);
            ensemble.awaitServing();
            play.awaitProgress();
        }
        play.judge();
    }

    @Test
    void holders_are_killed() throws Exception {
        faults(round -> {
            Actor killed = play.actor(round);
            killed.kill();
            play.awaitProgressOfThoseWhoPlay();
            play.revive(killed);
        });
    }

    @Test
    void all_are_killed_at_once() throws Exception {
        faults(round -> {
            for (Actor actor : play.actors()) actor.kill();
            for (Actor actor : play.actors()) play.revive(actor);
        });
    }

    @Test
    void holders_stand_still_until_others_hold_what_they_held_and_then_go_on() throws Exception {
        faults(round -> {
            Actor frozen = play.actor(round);
            frozen.freeze();
            play.awaitProgressOfThoseWhoPlay();
            frozen.thaw();
        });
    }

    @Test
    void holders_stand_still_for_less_than_their_session() throws Exception {
        faults(round -> {
            Actor frozen = play.actor(round);
            frozen.freeze();
            LockSupport.parkNanos(1_500_000_000);
            frozen.thaw();
        });
    }

    @Test
    void leaders_among_the_servers_are_killed() throws Exception {
        faults(round -> {
            Member leader = ensemble.leader();
            leader.kill();
            play.awaitProgressOfThoseWhoPlay();
            leader.launch();
        });
    }

    @Test
    void all_servers_are_killed_at_once() throws Exception {
        faults(round -> {
            ensemble.members().forEach(Member::kill);
            for (Member member : ensemble.members()) member.launch();
        });
    }

    @Test
    void leaders_and_followers_among_the_servers_stand_still() throws Exception {
        faults(round -> {
            Member leader = ensemble.leader();
            Member frozen =
                    round % 2 == 0 ? leader : ensemble.othersThan(leader).getFirst();
            frozen.freeze();
            play.awaitProgressOfThoseWhoPlay();
            frozen.thaw();
        });
    }

    @Test
    void leaders_are_cut_off_in_both_directions_and_in_one() throws Exception {
        faults(round -> {
            Member leader = ensemble.leader();
            List<Member> others = ensemble.othersThan(leader);
            switch (round % 3) {
                case 0 -> ensemble.isolate(leader);
                case 1 -> others.forEach(other -> ensemble.cutOneWay(leader, other));
                default -> others.forEach(other -> ensemble.cutOneWay(other, leader));
            }
            play.awaitProgressOfThoseWhoPlay();
            ensemble.heal();
        });
    }

    @Test
    void a_follower_does_not_hear_the_leader_or_is_not_heard() throws Exception {
        faults(round -> {
            Member leader = ensemble.leader();
            Member follower = ensemble.othersThan(leader).get(chance.nextInt(2));
            if (round % 2 == 0) ensemble.cutOneWay(leader, follower);
            else ensemble.cutOneWay(follower, leader);
            play.awaitProgressOfThoseWhoPlay();
            ensemble.heal();
        });
    }

    @Test
    void clients_are_cut_off_from_one_server_in_both_directions_and_in_one() throws Exception {
        faults(round -> {
            Member server = ensemble.member(1 + chance.nextInt(3));
            for (Actor actor : play.actors()) silence(actor.linkTo(server), round);
            play.awaitProgressOfThoseWhoPlay();
            play.heal();
        });
    }

    @Test
    void a_client_is_cut_off_from_all_servers_until_others_hold_what_it_held() throws Exception {
        faults(round -> {
            Actor cut = play.actor(round);
            for (Relay link : cut.links()) silence(link, round);
            play.awaitProgressOfOthersThan(cut);
            play.heal();
        });
    }

    private static void silence(Relay link, int round) {
        switch (round % 3) {
            case 0 -> link.silence();
            case 1 -> link.silenceToServer();
            default -> link.silenceToClient();
        }
    }

    @Test
    void connections_of_clients_break_again_and_again() throws Exception {
        faults(round -> {
            for (int i = 0; i < 50; i++) {
                List<Relay> links = play.actor(chance.nextInt(3)).links();
                links.get(chance.nextInt(links.size())).cut();
                LockSupport.parkNanos(chance.nextInt(50_000_000));
            }
        });
    }
}
