package io.pando.zab.core;

import static io.pando.zab.core.EnsembleOf.dataOf;
import static io.pando.zab.core.EnsembleOf.known;
import static io.pando.zab.core.EnsembleOf.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Zxid;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose voice counts while the members change: zab.md section 8. */
class VotersTest {
    private static final long CHANGE = Zxid.of(2, 4);

    private final Voters voters = EnsembleOf.voters(1, 2, 3);

    @Test
    void while_a_change_is_proposed_a_quorum_is_one_of_both() {
        propose(known(3, 4, 5));

        for (int set = 0; set < 1 << 5; set++) {
            int of = set;
            boolean old = Integer.bitCount(of & 0b00111) >= 2;
            boolean next = Integer.bitCount(of & 0b11100) >= 2;

            assertEquals(old && next, voters.isQuorum(id -> (of >> (id - 1) & 1) == 1), Integer.toBinaryString(of));
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), voters.participants());
    }

    @Test
    void a_change_that_is_committed_is_all_that_counts() {
        propose(known(3, 4, 5));

        assertFalse(voters.committedUpTo(CHANGE - 1));
        assertTrue(voters.committedUpTo(CHANGE));

        assertNull(voters.pending());
        assertEquals(CHANGE, voters.committed().version());
        assertTrue(isQuorum(4L, 5L));
        assertFalse(isQuorum(1L, 2L, 3L));
    }

    @Test
    void a_change_that_is_cut_off_has_never_been() {
        propose(known(3, 4, 5));

        assertFalse(voters.truncatedTo(CHANGE));
        assertTrue(voters.truncatedTo(CHANGE - 1));

        assertNull(voters.pending());
        assertTrue(isQuorum(1L, 2L));
    }

    @Test
    void the_proof_that_a_change_was_committed_settles_it_though_nobody_says_so() {
        propose(known(3, 4, 5));
        assertFalse(voters.isActivated() && isQuorum(4L, 5L));

        voters.appended(record(CHANGE + 1, RecordType.ACTIVATE, MembershipRecords.activation(CHANGE)));

        assertTrue(voters.isActivated());
        assertTrue(isQuorum(4L, 5L));
        assertTrue(voters.isChangeUnfinished(CHANGE));
        assertFalse(voters.isChangeUnfinished(CHANGE + 1));
    }

    @Test
    void a_proof_that_is_cut_off_proves_nothing_any_more() {
        propose(known(3, 4, 5));
        voters.committedUpTo(CHANGE);
        voters.appended(record(CHANGE + 1, RecordType.ACTIVATE, MembershipRecords.activation(CHANGE)));

        voters.truncatedTo(CHANGE);

        assertFalse(voters.isActivated());
        assertEquals(CHANGE, voters.committed().version());
    }

    @Test
    void a_second_change_is_only_written_by_whoever_has_seen_the_first_one_committed() {
        propose(known(3, 4, 5));
        voters.appended(record(CHANGE + 2, RecordType.CONFIG, MembershipRecords.payload(known(4, 5, 6))));

        assertEquals(CHANGE, voters.committed().version());
        assertEquals(CHANGE + 2, EnsembleOf.required(voters.pending()).version());

        voters.truncatedTo(CHANGE + 1);

        assertEquals(CHANGE, voters.committed().version());
    }

    @Test
    void a_server_that_lost_its_data_directory_has_no_voice_until_a_membership_takes_it_in() {
        propose(known(1, 2, 3));
        voters.committedUpTo(CHANGE);
        assertTrue(isQuorum(2L, 3L));

        UUID another = new UUID(8, 8);
        voters.seen(3, another);

        assertFalse(voters.isVoter(3));
        assertTrue(voters.isParticipant(3));
        assertFalse(isQuorum(2L, 3L));
        assertEquals(9, voters.quorumZxid(voters.committed(), id -> id == 3 ? 20 : id == 2 ? 9 : 10));

        voters.appended(record(
                CHANGE + 2,
                RecordType.CONFIG,
                MembershipRecords.payload(voters.committed().withData(3, another))));
        voters.committedUpTo(CHANGE + 2);

        assertTrue(isQuorum(2L, 3L));
    }

    private void propose(Membership next) {
        voters.appended(record(CHANGE, RecordType.CONFIG, MembershipRecords.payload(next)));
        for (long id = 4; id <= 6; id++) {
            voters.seen(id, dataOf(id));
        }
    }

    private boolean isQuorum(Long... ids) {
        return voters.isQuorum(Set.of(ids)::contains);
    }
}
