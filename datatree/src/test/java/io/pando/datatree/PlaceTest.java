package io.pando.datatree;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A place says where a path leads, and never stands for another one. */
class PlaceTest {
    private final Tree tree = with(with(with(Tree.empty(), "/a"), "/a/b"), "/c");

    private static Tree with(Tree before, String path) {
        return carriedOut(before, new Txn.Create(path, new byte[0], Acl.OPEN, Owner.PERSISTENT));
    }

    private static Tree carriedOut(Tree before, Txn txn) {
        return before.apply(before.zxid() + 1, 0, txn).tree();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a/b", "/c", "/zookeeper/quota"})
    void a_path_leads_to_its_znode_below_its_parent(String path) {
        var place = tree.place(path);

        assertSame(tree.find(path), place.znode());
        assertSame(tree.find(ZnodePath.parentOf(path)), place.parent());
    }

    @Test
    void the_root_is_its_own_parent() {
        assertSame(tree.root(), tree.place("/").znode());
        assertSame(tree.root(), tree.place("/").parent());
    }

    @Test
    void where_no_znode_is_there_may_be_a_parent() {
        assertNull(tree.place("/a/new").znode());
        assertSame(tree.find("/a"), tree.place("/a/new").parent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new/b", "/a/new/b", "a/b", "", "a", "//b"})
    void what_leads_nowhere_has_no_parent_either(String path) {
        assertNull(tree.place(path).znode());
        assertNull(tree.place(path).parent());
    }

    @Test
    void a_change_of_a_place_is_that_of_its_path() {
        var set = new Txn.SetData("/a/b", new byte[] {1}, 1);

        var byPlace = tree.apply(tree.zxid() + 1, 0, set, tree.place("/a/b")).tree();

        assertEquals(carriedOut(tree, set).digest(), byPlace.digest());
        assertArrayEquals(new byte[] {1}, found(byPlace, "/a/b").data());
    }

    @Test
    void the_place_of_an_older_tree_undoes_nothing() {
        var older = tree.place("/a/b");
        var newer = carriedOut(tree, new Txn.SetData("/c", new byte[] {1}, 1));

        var set = new Txn.SetData("/a/b", new byte[] {2}, 1);
        var after = newer.apply(newer.zxid() + 1, 0, set, older).tree();

        assertArrayEquals(new byte[] {1}, found(after, "/c").data());
        assertArrayEquals(new byte[] {2}, found(after, "/a/b").data());
    }

    @Test
    void the_place_of_another_path_is_left_as_it_is() {
        var set = new Txn.SetData("/c", new byte[] {1}, 1);

        var after = tree.apply(tree.zxid() + 1, 0, set, tree.place("/a/b")).tree();

        assertSame(tree.find("/a/b"), after.find("/a/b"));
        assertArrayEquals(new byte[] {1}, found(after, "/c").data());
    }

    @Test
    void parts_of_a_txn_after_the_first_look_for_their_own() {
        var twice = new Txn.Multi(
                List.of(new Txn.SetData("/a/b", new byte[] {1}, 1), new Txn.SetData("/a/b", new byte[] {1, 2}, 2)));

        var after = tree.apply(tree.zxid() + 1, 0, twice, tree.place("/a/b")).tree();

        assertEquals(carriedOut(tree, twice).digest(), after.digest());
    }

    private static Znode found(Tree tree, String path) {
        return requireNonNull(tree.find(path));
    }
}
