package io.pando.test.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.follow.FollowEvent;
import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.Relay;
import io.pando.test.harness.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code follow} on an ensemble: the client wanders from server to server while its links break and fall silent in one direction or both,
 * and the servers it is attached to stand still or lose the leader. What was told is compared with the true history.
 */
@Tag("faults")
class FollowingFaultsTest {
    private static final int CUTS = 400 * Integer.getInteger("pando.recipes.rounds", 1);
    private static final int LOOK_EVERY = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed = new Random().nextLong();
    private final Random chance = new Random(seed);
    private final List<Relay> relays = new ArrayList<>();
    private Ensemble ensemble;
    private Member leader;

    @BeforeEach
    void start() throws Exception {
        ensemble = Ensemble.of(3).with("tickTime", "500").withRelays().start(Target.PANDO);
        leader = ensemble.leader();
        for (Member member : ensemble.members()) relays.add(Relay.to(member.port()));
    }

    @AfterEach
    void stop() {
        relays.forEach(Relay::close);
        if (ensemble != null) ensemble.close();
    }

    private Pando client(String servers) {
        return Pando.connect(servers)
                .backoff(Duration.ofMillis(1), Duration.ofMillis(50))
                .sessionTimeout(Duration.ofSeconds(6))
                .open();
    }

    @Test
    void a_subtree_is_told_truly_across_hundreds_of_cuts_and_many_servers() throws Exception {
        String servers = relays.stream().map(Relay::connectString).collect(Collectors.joining(","));
        try (Pando writer = client(leader.connectString());
                Pando follower = client(servers)) {
            Truth truth = new Truth(writer, "/followed", chance);
            Sight sight = new Sight();
            truth.begin();
            follower.follow("/followed").start(sight);

            for (int cut = 0; cut < CUTS; cut++) {
                for (int changes = chance.nextInt(12); changes > 0; changes--) truth.change();
                disturb();
                for (int changes = chance.nextInt(12); changes > 0; changes--) truth.change();
                if (cut % LOOK_EVERY == 0) {
                    heal();
                    String what = "seed " + seed + ": in sync after cut " + cut;
                    Await.until(what, PATIENCE, () -> sight.isInSyncWith(truth.now()));
                }
            }

            heal();
            Await.until("seed " + seed + ": in sync", PATIENCE, () -> sight.isInSyncWith(truth.now()));
            sight.check(truth);
            assertTrue(sight.count(FollowEvent.Stale.class) > CUTS / LOOK_EVERY, "The cuts were noticed");
        }
    }

    /** The leader is let be: it is what the truth is told. */
    private void disturb() throws Exception {
        Relay relay = relays.get(chance.nextInt(relays.size()));
        List<Member> others = ensemble.othersThan(leader);
        Member other = others.get(chance.nextInt(others.size()));
        switch (chance.nextInt(40)) {
            case 0 -> relay.silence();
            case 1 -> relay.silenceToClient();
            case 2 -> relay.silenceToServer();
            case 3 -> relay.cutAndRefuse();
            case 4 -> standStill(other);
            case 5 -> {
                ensemble.heal();
                ensemble.cut(leader, other);
            }
            case 6, 7, 8 -> heal();
            default -> relays.forEach(Relay::cut);
        }
    }

    private static void standStill(Member other) throws Exception {
        other.freeze();
        Await.happens(Duration.ofMillis(300), () -> false);
        other.thaw();
    }

    private void heal() {
        relays.forEach(Relay::heal);
        ensemble.heal();
    }
}
