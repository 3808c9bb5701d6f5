package io.pando.test.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pando.client.Pando;
import io.pando.client.follow.FollowEvent;
import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code follow}: whatever happens to the link, what is told is true, in order, told once, and in the end complete. */
abstract class Following {
    private static final int CUTS = 200 * Integer.getInteger("pando.recipes.rounds", 1);

    abstract SharedServer server();

    @BeforeEach
    void requirePersistentWatches() {
        assumeFalse(server().isBefore(6), "OffersOnZooKeeperTest says what becomes of it there");
    }

    private Pando client(String connectString) {
        return server().closing(Pando.connect(connectString + server().root())
                .backoff(Duration.ofMillis(1), Duration.ofMillis(20))
                .open());
    }

    @Test
    void a_subtree_is_told_truly_across_hundreds_of_cuts() throws Exception {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        var relay = server().relay();
        var truth = new Truth(client(server().process().connectString()), "/followed", chance);
        var sight = new Sight();
        truth.begin();
        client(relay.connectString()).follow("/followed").start(sight);

        for (int cut = 0; cut < CUTS; cut++) {
            for (int changes = chance.nextInt(12); changes > 0; changes--) {
                truth.change();
            }
            relay.cut();
            if (cut % 8 == 0) {
                Await.until("seed " + seed + ": in sync after cut " + cut, () -> sight.isInSyncWith(truth.now()));
            }
        }

        Await.until("seed " + seed + ": in sync at the end", () -> sight.isInSyncWith(truth.now()));
        sight.check(truth);
        assertTrue(sight.count(FollowEvent.Stale.class) > CUTS / 20, "The cuts were noticed");
        assertTrue(sight.jumps() > 0, "Jumped versions are said to be jumped");
    }

    @Test
    void a_znode_that_is_not_there_yet_is_told_when_it_comes_and_when_it_goes() throws Exception {
        var pando = client(server().process().connectString());
        var sight = new Sight();
        var following = pando.follow("/later").start(sight);
        Await.until("in sync", () -> sight.count(FollowEvent.InSync.class) == 1);

        pando.create("/later").data("one").now();
        pando.create("/later/child").now();
        pando.delete("/later/child").now();
        pando.delete("/later").now();
        Await.until(
                "told",
                () -> sight.events().stream()
                        .anyMatch(event -> event instanceof FollowEvent.Removed gone
                                && gone.path().equals("/later")));

        following.close();
        pando.create("/later").now();
        pando.sync("/").now();
        assertEquals(1, sight.count(FollowEvent.InSync.class));
    }

    @Test
    void a_client_that_is_closed_ends_what_it_follows() throws Exception {
        var pando = client(server().process().connectString());
        var sight = new Sight();
        pando.follow("/").start(sight);
        Await.until("in sync", () -> sight.count(FollowEvent.InSync.class) == 1);

        pando.close();

        Await.until("ended", () -> sight.count(FollowEvent.Ended.class) == 1);
    }

    @Test
    void only_the_znode_itself_is_told_when_that_is_asked_for() throws Exception {
        var pando = client(server().process().connectString());
        var sight = new Sight();
        pando.create("/one/below").makeParents().now();
        pando.follow("/one").onlyItself().start(sight);
        Await.until("in sync", () -> sight.count(FollowEvent.InSync.class) == 1);

        pando.setData("/one/below", "x").now();
        pando.setData("/one", "y").now();

        Await.until("changed", () -> sight.count(FollowEvent.Put.class) == 2);
        assertTrue(sight.events().stream()
                .allMatch(event ->
                        !(event instanceof FollowEvent.Put put) || put.path().equals("/one")));
    }
}
