package io.pando.client.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.follow.FollowEvent.Step;
import io.pando.datatree.Stat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureTest {
    private final Picture picture = new Picture();

    private static Stat stat(long czxid, long mzxid, int version) {
        return new Stat(czxid, mzxid, 0, 0, version, 0, 0, 0, 0, 0, czxid);
    }

    @Test
    void a_step_is_new_next_or_a_jump_and_the_same_state_is_none() {
        assertEquals(Step.NEW, picture.stepTo("/a", stat(5, 5, 0)));
        picture.put("/a", stat(5, 5, 0));

        assertNull(picture.stepTo("/a", stat(5, 5, 0)));
        assertEquals(Step.NEXT, picture.stepTo("/a", stat(5, 6, 1)));
        assertEquals(Step.JUMPED, picture.stepTo("/a", stat(5, 8, 3)));
        assertEquals(Step.JUMPED, picture.stepTo("/a", stat(9, 9, 0)));
    }

    @Test
    void older_states_are_no_news() {
        picture.put("/a", stat(5, 8, 3));

        assertNull(picture.stepTo("/a", stat(5, 7, 2)));
        assertNull(picture.stepTo("/a", stat(4, 4, 0)));
    }

    @Test
    void a_subtree_is_removed_from_below() {
        picture.put("/a", stat(1, 1, 0));
        picture.put("/a/b", stat(2, 2, 0));
        picture.put("/a/b/c", stat(3, 3, 0));

        var removed = picture.remove("/a/b");

        assertEquals("/a/b/c", removed.get(0).path());
        assertEquals("/a/b", removed.get(1).path());
        assertEquals(Set.of(), picture.children("/a"));
        assertTrue(picture.has("/a"));
        assertFalse(picture.has("/a/b/c"));
    }

    @Test
    void a_listing_holds_until_the_pzxid_changes_or_the_znode_is_another() {
        picture.put("/a", stat(1, 1, 0));
        assertFalse(picture.isListed("/a", stat(1, 1, 0)));

        picture.listed("/a", stat(1, 1, 0));
        assertTrue(picture.isListed("/a", stat(1, 1, 0)));

        picture.put("/a", stat(2, 2, 0));
        assertFalse(picture.isListed("/a", stat(1, 1, 0)));
    }
}
