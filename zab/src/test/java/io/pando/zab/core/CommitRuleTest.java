package io.pando.zab.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** How far a leader of epoch 3 may commit: zab.md sections 4.4 and 8. */
class CommitRuleTest {
    private static final long MARKER = Zxid.of(3, 0);
    private static final long[] PLACES = {0, Zxid.of(1, 5), Zxid.of(1, 6), MARKER, Zxid.of(3, 1), Zxid.of(3, 2)};

    @Test
    void what_a_majority_has_acknowledged_is_committed() {
        Voters voters = EnsembleOf.voters(1, 2, 3);

        assertEquals(Zxid.of(3, 4), committable(voters, Zxid.of(3, 4), Zxid.of(3, 9), MARKER));
        assertEquals(MARKER, committable(voters, MARKER, Zxid.of(3, 9), 0));
    }

    @Test
    void a_record_of_an_older_epoch_is_not_committed_by_its_copies() {
        Voters voters = EnsembleOf.voters(1, 2, 3);

        assertEquals(Zxid.NONE, committable(voters, Zxid.of(2, 7), MARKER, Zxid.of(2, 7)));
    }

    @Test
    void with_every_combination_of_acknowledgements_it_is_the_highest_zxid_of_the_epoch_that_a_majority_has() {
        Voters voters = EnsembleOf.voters(1, 2, 3);
        for (long one : PLACES) {
            for (long two : PLACES) {
                for (long three : PLACES) {
                    long[] sorted = {one, two, three};
                    Arrays.sort(sorted); // none of these has its highest bit set
                    long expected = Zxid.isAfter(MARKER, sorted[1]) ? Zxid.NONE : sorted[1];

                    assertEquals(expected, committable(voters, one, two, three));
                }
            }
        }
    }

    @Test
    void a_change_of_the_members_commits_when_both_quorums_have_it() {
        long change = Zxid.of(3, 2);
        Voters voters = changing(change, 3, 4, 5);

        assertEquals(Zxid.of(3, 1), committable(voters, change, change, 0, 0, 0));
        assertEquals(Zxid.of(3, 1), committable(voters, change, change, Zxid.of(3, 1), change, Zxid.of(3, 1)));
        assertEquals(change, committable(voters, change, change, change, change, 0));
        assertEquals(Zxid.of(3, 5), committable(voters, change, change, Zxid.of(3, 9), Zxid.of(3, 5), 0));
    }

    @Test
    void an_inherited_change_commits_when_both_quorums_have_the_marker_too() {
        long change = Zxid.of(1, 6);
        Voters voters = changing(change, 3, 4, 5);

        assertEquals(Zxid.NONE, committable(voters, MARKER, change, change, MARKER, MARKER));
        assertEquals(Zxid.NONE, committable(voters, MARKER, MARKER, change, change, MARKER));
        assertEquals(MARKER, committable(voters, MARKER, MARKER, MARKER, MARKER, change));
    }

    @Test
    void while_the_members_change_nothing_is_committed_that_not_every_quorum_in_force_at_it_holds() {
        for (long change : new long[] {Zxid.of(1, 6), Zxid.of(3, 1)}) {
            Voters voters = changing(change, 2, 3, 4);
            for (long one : PLACES) {
                for (long two : PLACES) {
                    for (long three : PLACES) {
                        for (long four : PLACES) {
                            requireHeld(voters, change, one, two, three, four);
                        }
                    }
                }
            }
        }
    }

    private static void requireHeld(Voters voters, long change, long... acked) {
        long committed = committable(voters, acked);
        if (committed == Zxid.NONE) {
            return;
        }
        LongUnaryOperator reached = by(acked);
        assertTrue(!Zxid.isAfter(MARKER, committed));
        if (Zxid.isAfter(change, committed)) {
            assertTrue(voters.committed().isQuorum(id -> !Zxid.isAfter(committed, reached.applyAsLong(id))));
        } else {
            long needed = Zxid.max(change, MARKER);
            Membership pending = EnsembleOf.required(voters.pending());
            assertTrue(voters.committed().isQuorum(id -> !Zxid.isAfter(needed, reached.applyAsLong(id))));
            assertTrue(pending.isQuorum(id -> !Zxid.isAfter(committed, reached.applyAsLong(id))));
        }
    }

    private static Voters changing(long change, long... next) {
        Voters voters = EnsembleOf.voters(1, 2, 3);
        for (long id : next) {
            voters.seen(id, EnsembleOf.dataOf(id));
        }
        ByteBuffer payload = MembershipRecords.payload(EnsembleOf.known(next));
        voters.appended(Records.of(change - 1, change, RecordType.CONFIG, payload));
        return voters;
    }

    /** By the servers 1, 2, 3 and so on. */
    private static long committable(Voters voters, long... acked) {
        return CommitRule.committable(voters, MARKER, by(acked));
    }

    private static LongUnaryOperator by(long... acked) {
        return id -> id <= acked.length ? acked[(int) id - 1] : Zxid.NONE;
    }
}
