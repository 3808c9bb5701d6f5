package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.model.Zxid;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A server that has lost the end of its log, and doesn't know how much it was, counts for nobody of whom it might know more. When the
 * others are no quorum without it, all wait: for one who has everything, or for the operator.
 */
class UnknownLossTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000 * MILLISECOND;

    private final SimCluster cluster = new SimCluster(7, Profile.calm());

    @Test
    void waiting_for_a_server_that_has_everything_uses_up_no_epochs_and_ends_when_it_comes() {
        cluster.startAll();
        cluster.run(3 * SECOND);
        SimNode leader = Objects.requireNonNull(cluster.leader());
        List<SimNode> others =
                cluster.nodes().stream().filter(node -> node != leader).toList();
        SimNode damaged = others.getFirst();
        SimNode sound = others.getLast();
        cluster.write(leader);
        cluster.run(SECOND);
        leader.crash();
        loseTheEnd(damaged);
        cluster.run(5 * SECOND);
        int epoch = sound.view().promise().acceptedEpoch();
        long refused = cluster.coverage().of("reject AHEAD");
        cluster.run(60 * SECOND);

        assertEquals(epoch, sound.view().promise().acceptedEpoch(), "the epoch of the server that waits");
        assertTrue(cluster.leader() == null, "nobody leads");
        assertTrue(
                cluster.coverage().of("reject AHEAD") - refused < 600, "it is asked no more than ten times a second");

        leader.start();
        cluster.run(5 * SECOND);

        assertTrue(cluster.followOneLeader(), "all follow");
        assertEquals(0, damaged.view().promise().floorZxid(), "nothing is missing any more");
    }

    @Test
    void a_server_that_was_given_everything_back_counts_again_in_the_same_epoch() {
        cluster.startAll();
        cluster.run(3 * SECOND);
        SimNode leader = Objects.requireNonNull(cluster.leader());
        SimNode damaged = cluster.nodes().stream()
                .filter(node -> node != leader)
                .findFirst()
                .orElseThrow();
        cluster.write(leader);
        cluster.run(SECOND);

        loseTheEnd(damaged);

        assertTrue(damaged.isActive());
        assertEquals(0, damaged.view().promise().floorZxid(), "nothing is missing any more");
        leader.crash();
        cluster.run(5 * SECOND);
        assertNotNull(cluster.leader(), "the others need nobody else");
    }

    private void loseTheEnd(SimNode node) {
        node.crash();
        long last = node.disk().lastZxid();
        ((ContractDisk) node.disk()).damage(last - 1, Zxid.of(Zxid.epoch(last), -1));
        node.start();
        cluster.run(2 * SECOND);
    }
}
