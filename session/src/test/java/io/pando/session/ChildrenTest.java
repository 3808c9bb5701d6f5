package io.pando.session;

import static io.pando.session.Bytes.hex;
import static io.pando.session.Bytes.reader;
import static io.pando.session.Bytes.written;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.datatree.Acl;
import io.pando.datatree.Owner;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.Znode;
import io.pando.session.wire.MarshallingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A server writes the names of children as bytes; clients read Strings. */
class ChildrenTest {
    private static final List<String> NAMES =
            List.of("a", "some-name-0000000001", "é", "привет", "東京", "\uffef", "x".repeat(10_000), "я".repeat(300));

    private static final Znode PARENT = parentOf(NAMES);

    @Test
    void names_written_from_the_tree_are_what_a_client_reads() throws MarshallingException {
        byte[] bytes = written(new Reply.Children(PARENT, false)::write);

        var read = (Reply.Names) Reply.read(OpCode.GET_CHILDREN, reader(bytes));

        assertEquals(inOrderOfTheTree(PARENT), List.copyOf(read.names()));
        assertEquals(hex(written(read::write)), hex(bytes));
    }

    @Test
    void the_same_with_the_stat_of_their_parent() throws MarshallingException {
        byte[] bytes = written(new Reply.Children(PARENT, true)::write);

        var read = (Reply.NamesAndStat) Reply.read(OpCode.GET_CHILDREN2, reader(bytes));

        assertEquals(inOrderOfTheTree(PARENT), List.copyOf(read.names()));
        assertEquals(PARENT.stat(), read.stat());
        assertEquals(hex(written(read::write)), hex(bytes));
    }

    @Test
    void no_children_are_an_empty_list() throws MarshallingException {
        byte[] bytes = written(new Reply.Children(parentOf(List.of()), false)::write);

        assertEquals(List.of(), ((Reply.Names) Reply.read(OpCode.GET_CHILDREN, reader(bytes))).names());
    }

    private static Znode parentOf(List<String> names) {
        Tree tree = after(Tree.empty(), "/parent");
        for (String name : names) {
            tree = after(tree, "/parent/" + name);
        }
        return Objects.requireNonNull(tree.find("/parent"));
    }

    private static Tree after(Tree tree, String created) {
        var create = new Txn.Create(created, null, Acl.OPEN, Owner.PERSISTENT);
        return tree.apply(tree.zxid() + 1, 1_700_000_000_000L, create).tree();
    }

    private static List<String> inOrderOfTheTree(Znode parent) {
        List<String> names = new ArrayList<>();
        parent.forEachChild(child -> names.add(child.name()));
        assertEquals(NAMES.size(), names.size());
        return names;
    }
}
