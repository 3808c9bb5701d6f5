package io.pando.zab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MembershipTest {

    @Test
    void its_text_is_the_same_on_machines_of_every_language() {
        Membership members = new Membership(
                0,
                List.of(
                        member(12, 3).inGroup(4).withData(new UUID(5, 6)),
                        member(7, 1).inGroup(8)));
        Locale before = Locale.getDefault();
        String here = members.text();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertEquals(here, members.text());
            assertEquals(members, Membership.parse(0, members.text()));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_weight_beyond_the_highest_is_refused_by_its_number() {
        var refused = assertThrows(IllegalArgumentException.class, () -> member(3, Member.HIGHEST_WEIGHT + 1));

        assertEquals("Weight 1000001 of server 3 is not in 0..1000000", refused.getMessage());
    }

    @Test
    void the_highest_weights_of_more_servers_than_there_can_be_are_added_up_without_error() {
        List<Member> heavy = LongStream.range(0, 3000)
                .mapToObj(id -> member(id, Member.HIGHEST_WEIGHT))
                .toList();
        Membership members = new Membership(0, heavy);

        assertTrue(members.isQuorum(id -> id <= 1500));
        assertFalse(members.isQuorum(id -> id < 1500));
        assertFalse(members.isQuorum(Set.of()::contains));
    }

    @Test
    void a_quorum_is_a_majority_of_the_groups_in_each_a_majority_of_the_weight() {
        Membership members = new Membership(
                0,
                List.of(
                        member(1, 1).inGroup(1),
                        member(2, 1).inGroup(1),
                        member(3, 1).inGroup(1),
                        member(4, 3).inGroup(2),
                        member(5, 1).inGroup(2),
                        member(6, 1).inGroup(2),
                        member(7, 1).inGroup(3),
                        member(8, 0).inGroup(4)));

        assertTrue(members.isQuorum(Set.of(1L, 2L, 4L)::contains));
        assertTrue(members.isQuorum(Set.of(4L, 7L)::contains));
        assertTrue(members.isQuorum(Set.of(1L, 3L, 7L)::contains));
        assertFalse(members.isQuorum(Set.of(1L, 4L, 8L)::contains), "one of three is no majority of group 1");
        assertFalse(members.isQuorum(Set.of(1L, 2L, 3L, 5L, 6L)::contains), "two of five is none of group 2");
        assertFalse(members.isQuorum(Set.of(7L, 8L)::contains), "nobody in group 4 has a voice");
    }

    private static Member member(long id, int weight) {
        return Member.parse(id, "10.0.0." + id % 250 + ":2888:3888").withWeight(weight);
    }
}
