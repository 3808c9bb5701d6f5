package io.pando.zab.election;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.zab.model.Vote;
import io.pando.zab.model.Zxid;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One server's part in an election, one message at a time: zab.md section 3.2. Server 2 of three is looked at. */
class ElectionTest {
    private static final long WAIT = 30;
    private static final Vote ONE = new Vote(Zxid.of(1, 5), 1);
    private static final Vote TWO = new Vote(Zxid.of(1, 5), 2);
    private static final Vote THREE = new Vote(Zxid.of(1, 4), 3);

    private final List<String> mail = new ArrayList<>();
    private final Set<Long> linked = new TreeSet<>(Set.of(1L, 3L));
    private final Election election = voting(true, TWO);

    @Test
    void the_longer_history_wins_and_of_equal_ones_the_higher_id() {
        election.on(1, 1, ONE);
        election.on(3, 1, THREE);
        assertEquals(TWO, election.vote());

        Vote better = new Vote(Zxid.of(1, 6), 1);
        election.on(1, 1, better);

        assertEquals(better, election.vote());
        assertEquals("all", mail.getLast());
    }

    @Test
    void when_all_who_are_linked_agree_nobody_is_waited_for() {
        election.on(1, 1, TWO);
        assertEquals(OptionalLong.empty(), election.outcome(0));

        election.on(3, 1, TWO);

        assertEquals(OptionalLong.of(2), election.outcome(0));
    }

    @Test
    void a_quorum_that_agrees_waits_a_little_for_a_better_vote_of_the_others() {
        election.on(1, 1, TWO);

        assertEquals(OptionalLong.empty(), election.outcome(100));
        assertEquals(100 + WAIT, election.deadlineNanos());
        assertEquals(OptionalLong.empty(), election.outcome(100 + WAIT - 1));
        assertEquals(OptionalLong.of(2), election.outcome(100 + WAIT));
    }

    @Test
    void the_wait_begins_anew_only_when_the_vote_changes() {
        election.on(1, 1, TWO);
        election.outcome(100);
        election.on(3, 1, THREE);
        assertEquals(100 + WAIT, election.deadlineNanos());

        Vote better = new Vote(Zxid.of(2, 0), 3);
        election.on(3, 1, better);

        assertEquals(OptionalLong.empty(), election.outcome(100 + WAIT));
        assertEquals(OptionalLong.of(3), election.outcome(100 + 2 * WAIT));
    }

    @Test
    void a_vote_of_a_later_round_begins_that_round_with_none_of_the_old_votes() {
        election.on(1, 1, TWO);

        election.on(3, 4, THREE);

        assertEquals(4, election.round());
        assertEquals(TWO, election.vote());
        assertEquals(OptionalLong.empty(), election.outcome(1000));
    }

    @Test
    void a_vote_of_an_earlier_round_is_answered_and_not_counted() {
        election.on(3, 4, THREE);
        mail.clear();

        election.on(1, 3, TWO);

        assertEquals(List.of("1"), mail);
        assertEquals(OptionalLong.empty(), election.outcome(1000));
    }

    @Test
    void a_lower_vote_is_answered_unless_its_sender_knows_better_already() {
        election.on(1, 1, ONE);
        assertEquals(List.of("1"), mail);

        election.told(1);
        election.on(1, 1, ONE);

        assertEquals(List.of("1"), mail);
    }

    @Test
    void what_a_server_said_goes_with_its_link() {
        election.on(1, 1, TWO);
        election.gone(1);

        assertEquals(OptionalLong.empty(), election.outcome(1000));
    }

    @Test
    void a_server_that_must_not_lead_adopts_any_vote_and_never_its_own() {
        Election recovering = voting(true, Vote.NONE);
        assertEquals(OptionalLong.empty(), recovering.outcome(1000));

        recovering.on(1, 1, ONE);
        recovering.on(3, 1, ONE);

        assertEquals(OptionalLong.of(1), recovering.outcome(1000));
    }

    @Test
    void a_server_without_a_voice_elects_nobody() {
        Election observer = voting(false, Vote.NONE);
        observer.on(1, 1, ONE);
        observer.on(3, 1, ONE);

        assertEquals(OptionalLong.empty(), observer.outcome(1000));
    }

    private Election voting(boolean voting, Vote own) {
        return new Election(
                2,
                voting,
                own,
                1,
                WAIT,
                new Election.Electorate() {
                    @Override
                    public boolean suffices(Set<Long> agreed) {
                        return agreed.size() >= 2;
                    }

                    @Override
                    public Set<Long> linkedVoters() {
                        return linked;
                    }
                },
                new Election.Mail() {
                    @Override
                    public void toAll() {
                        mail.add("all");
                    }

                    @Override
                    public void to(long id) {
                        mail.add(String.valueOf(id));
                    }
                });
    }
}
