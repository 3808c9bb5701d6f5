package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who is silent, and who only seems to be. Processes stand still, because a machine is busy or its clock stops: whoever comes to itself
 * again takes in what has arrived meanwhile before it blames the others for their silence.
 */
class StandstillTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long SEED = 7;

    private final SimCluster cluster = new SimCluster(SEED, Profile.calm());
    private SimNode leader;
    private long looked;

    @BeforeEach
    void let_all_follow_one() {
        cluster.startAll();
        cluster.run(3 * SECOND);
        leader = Objects.requireNonNull(cluster.leader());
        assertTrue(cluster.nodes().stream().allMatch(SimNode::isActive), "all serve");
        looked = timesLooked();
    }

    @Test
    void a_follower_that_stood_still_goes_on_following() {
        SimNode follower = others().getFirst();

        follower.pause(3 * SECOND);
        cluster.write(follower); // comes first when it wakes, and says nothing of the leader
        cluster.run(5 * SECOND);

        assertNobodyLooked();
    }

    @Test
    void a_leader_that_stood_still_for_less_than_its_followers_wait_goes_on_leading() {
        leader.pause(450 * MILLISECOND);
        cluster.write(leader);
        cluster.run(3 * SECOND);

        assertNobodyLooked();
    }

    @Test
    void servers_that_all_stood_still_go_on_as_before() {
        for (SimNode node : cluster.nodes()) {
            node.pause(10 * SECOND);
            cluster.write(node);
        }
        cluster.run(13 * SECOND);

        assertNobodyLooked();
    }

    @Test
    void servers_that_often_stand_still_for_a_while_do_not_lose_one_another() {
        for (int round = 0; round < 50; round++) {
            for (SimNode node : cluster.nodes()) node.pause(cluster.choices().nextLong(300 * MILLISECOND));
            cluster.write(cluster.anyNode());
            cluster.run(350 * MILLISECOND);
        }
        cluster.run(SECOND);

        assertNobodyLooked();
    }

    @Test
    void a_leader_that_falls_silent_is_replaced_within_800_ms_all_the_same() {
        for (SimNode other : others()) {
            cluster.network().cut(leader.id(), other.id());
            cluster.network().cut(other.id(), leader.id());
        }
        cluster.run(800 * MILLISECOND);

        SimNode next = Objects.requireNonNull(cluster.leader());
        assertTrue(next != leader, "another one leads");
        assertTrue(!leader.isLeading(), "the old one knows");
    }

    /** Its clients' writes would go nowhere: it had better not have any. */
    @Test
    void a_follower_that_hears_and_is_not_heard_does_not_go_on_serving() {
        SimNode mute = others().getFirst();

        cluster.network().cut(mute.id(), leader.id());
        cluster.run(8 * SECOND);

        assertTrue(!mute.isActive(), "it serves nobody");
        assertTrue(leader.isLeading(), "the others go on");
        cluster.network().heal();
        cluster.run(3 * SECOND);
        assertTrue(mute.isActive(), "it is back");
    }

    private List<SimNode> others() {
        return cluster.nodes().stream().filter(node -> node != leader).toList();
    }

    private void assertNobodyLooked() {
        assertTrue(leader.isLeading(), "it still leads");
        assertTrue(cluster.nodes().stream().allMatch(SimNode::isActive), "all serve");
        assertEquals(looked, timesLooked(), "times that a server looked for a leader");
    }

    private long timesLooked() {
        return cluster.coverage().of("role LOOKING");
    }
}
