package io.pando.zab.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Zxid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which epoch a leader asks for: zab.md section 4.1. Server 1 asks. */
class EpochChoiceTest {
    private static final Promise FIVE = Promise.NONE.withEpoch(5, 2);

    @Test
    void it_is_later_than_all_that_were_promised_and_than_the_own_history() {
        NodeState node = EnsembleOf.server(FIVE, Zxid.of(3, 8), false);

        assertEquals(6, EpochChoice.next(node, List.of()));
        assertEquals(6, EpochChoice.next(node, List.of(joined(2, 4, 3))));
        assertEquals(10, EpochChoice.next(node, List.of(joined(2, 9, 3), joined(3, 4, 3))));
        assertEquals(8, EpochChoice.next(EnsembleOf.server(Promise.NONE, Zxid.of(7, 1), false), List.of()));
    }

    @Test
    void epochs_are_unsigned_and_come_to_an_end() {
        NodeState node = EnsembleOf.server(FIVE, Zxid.of(3, 8), false);

        assertEquals(0x8000_0000, EpochChoice.next(node, List.of(joined(2, 0x7FFF_FFFF, 2))));
        assertEquals(0xFFFF_FFFF, EpochChoice.next(node, List.of(joined(2, 0xFFFF_FFFE, 2))));
        assertEquals(0, EpochChoice.next(node, List.of(joined(2, 0xFFFF_FFFF, 2))));
    }

    @Test
    void a_learner_can_join_an_epoch_that_it_has_promised_to_this_leader_or_could_still_promise() {
        NodeState node = EnsembleOf.server(FIVE, Zxid.of(3, 8), false);

        assertFalse(EpochChoice.isPromisedAway(node, 6, join(5, 2)));
        assertFalse(EpochChoice.isPromisedAway(node, 6, join(6, 1)));
        assertTrue(EpochChoice.isPromisedAway(node, 6, join(6, 2)));
        assertTrue(EpochChoice.isPromisedAway(node, 6, join(7, 1)));
        assertTrue(EpochChoice.isPromisedAway(node, 6, join(0xFFFF_FFFF, 1)));
    }

    @Test
    void whoever_begins_the_life_of_an_ensemble_names_it() {
        NodeState blank = EnsembleOf.server(Promise.NONE, Zxid.NONE, false);
        NodeState old = EnsembleOf.server(FIVE, Zxid.of(3, 8), false);

        assertNotEquals(Hello.NO_CLUSTER, EpochChoice.clusterId(blank));
        assertEquals(old.clusterId(), EpochChoice.clusterId(old));
    }

    @Test
    void a_second_try_without_everybody_present_comes_to_the_same_name() {
        NodeState one = EnsembleOf.server(Promise.NONE, Zxid.NONE, true);
        one.random.nextLong();
        NodeState another = EnsembleOf.server(Promise.NONE, Zxid.NONE, true);

        assertEquals(EpochChoice.clusterId(one), EpochChoice.clusterId(another));
    }

    private static Learner joined(long id, int acceptedEpoch, long acceptedLeader) {
        NodeState leader = EnsembleOf.server(FIVE, Zxid.of(3, 8), false);
        return new Learner(new Link(id, 1), join(acceptedEpoch, acceptedLeader), leader);
    }

    private static Message.Join join(int acceptedEpoch, long acceptedLeader) {
        return new Message.Join(acceptedEpoch, acceptedLeader, Hello.NO_CLUSTER, Zxid.NONE);
    }
}
