package io.pando.zab.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two servers find out about the lists in their configurations when they meet. */
class ListedMembersTest {
    private final Member one = Member.parse(1, "zoo1:2888:3888;2181");
    private final Member two = Member.parse(2, "zoo2:2888:3888;2181");
    private final Member three = Member.parse(3, "zoo3:2888:3888;2181");
    private final ListedMembers here = listed(one, two);

    @Test
    void the_same_members_are_no_difference_wherever_their_clients_connect() {
        assertNull(here.differenceTo(listed(Member.parse(1, "ZOO1:2888:3888:participant"), two)));
    }

    @Test
    void every_line_that_differs_is_named() {
        assertEquals(
                "server.1, its weight or its group is not the same, server.2 is missing there, server.3 is missing"
                        + " here",
                here.differenceTo(listed(Member.parse(1, "zoo1:2888:3889"), three)));
    }

    @Test
    void role_weight_and_group_have_to_be_the_same() {
        String second = "server.2, its weight or its group is not the same";

        assertEquals(second, here.differenceTo(listed(one, Member.parse(2, "zoo2:2888:3888:observer"))));
        assertEquals(second, here.differenceTo(listed(one, two.withWeight(2))));
        assertEquals(second, here.differenceTo(listed(one, two.inGroup(1))));
    }

    @Test
    void once_a_history_names_the_members_the_lists_do_not_count() {
        assertNull(here.differenceTo(ListedMembers.NONE));
        assertNull(ListedMembers.NONE.differenceTo(here));
    }

    private static ListedMembers listed(Member... members) {
        return ListedMembers.of(new Membership(0, List.of(members)));
    }
}
