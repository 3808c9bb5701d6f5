package io.pando.server.watch;

import static io.pando.server.watch.WatchMode.ANY;
import static io.pando.server.watch.WatchMode.CHILD;
import static io.pando.server.watch.WatchMode.DATA;
import static io.pando.server.watch.WatchMode.PERSISTENT;
import static io.pando.server.watch.WatchMode.RECURSIVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pando.datatree.Acl;
import io.pando.datatree.Applied;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Owner;
import io.pando.datatree.Password;
import io.pando.datatree.Perms;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.auth.AccessControl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fires what: the table of {@code wire-protocol.md} section 16.2, and the rest of that section. */
class PublicationTest {
    private static final Id ANN = new Id("digest", "ann:hash");
    private static final List<Acl> ANNS = List.of(new Acl(Perms.ALL, ANN));

    private final Publication publication = new Publication(Tree.empty(), new AccessControl("SHA1", null, true));
    private final RecordingWatcher watcher = new RecordingWatcher();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1, create,  NODE_CREATED /p/n @3",
                "2, create,  -",
                "4, create,  NODE_CREATED /p/n @3",
                "8, create,  NODE_CREATED /p/n @3",
                "1, delete,  NODE_DELETED /p/n @3",
                "2, delete,  NODE_DELETED /p/n @3",
                "4, delete,  NODE_DELETED /p/n @3",
                "8, delete,  NODE_DELETED /p/n @3",
                "15, delete, NODE_DELETED /p/n @3",
                "1, set,     NODE_DATA_CHANGED /p/n @3",
                "2, set,     -",
                "4, set,     NODE_DATA_CHANGED /p/n @3",
                "8, set,     NODE_DATA_CHANGED /p/n @3",
                "15, set,    NODE_DATA_CHANGED /p/n @3",
                "15, acl,    -",
            })
    void a_watch_on_the_node_is_told_once_of_what_its_kind_is_told_of(int modes, String change, String told) {
        given("/p");
        if (!change.equals("create")) {
            given("/p/n");
        }
        watch(watcher, "/p/n", modes);

        apply(3, change(change, "/p/n"));

        assertEquals(told == null ? List.of() : List.of(told), watcher.takeTold());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1, create, -",
                "2, create, NODE_CHILDREN_CHANGED /p @3",
                "4, create, NODE_CHILDREN_CHANGED /p @3",
                "8, create, NODE_CREATED /p/n @3",
                "1, delete, -",
                "2, delete, NODE_CHILDREN_CHANGED /p @3",
                "4, delete, NODE_CHILDREN_CHANGED /p @3",
                "8, delete, NODE_DELETED /p/n @3",
                "7, set,    -",
                "8, set,    NODE_DATA_CHANGED /p/n @3",
                "15, acl,   -",
            })
    void a_watch_on_the_parent_is_told_of_children_and_a_recursive_one_of_the_node_itself(
            int modes, String change, String told) {
        given("/p");
        if (!change.equals("create")) {
            given("/p/n");
        }
        watch(watcher, "/p", modes);

        apply(3, change(change, "/p/n"));

        assertEquals(told == null ? List.of() : List.of(told), watcher.takeTold());
    }

    @Test
    void the_node_comes_before_its_children_and_those_before_the_parent() {
        var journal = new ArrayList<String>();
        given("/p");
        given("/p/n");
        watch(new RecordingWatcher("parent", List.of(), journal), "/p", CHILD);
        watch(new RecordingWatcher("children", List.of(), journal), "/p/n", CHILD);
        watch(new RecordingWatcher("data", List.of(), journal), "/p/n", DATA);
        watch(new RecordingWatcher("recursive", List.of(), journal), "/", RECURSIVE);

        apply(3, new Txn.Delete("/p/n"));

        assertEquals(
                List.of(
                        "data: NODE_DELETED /p/n @3",
                        "recursive: NODE_DELETED /p/n @3",
                        "children: NODE_DELETED /p/n @3",
                        "parent: NODE_CHILDREN_CHANGED /p @3"),
                journal);
    }

    @Test
    void several_watches_that_match_tell_once_per_pass() {
        given("/p");
        watch(watcher, "/p/n", DATA | PERSISTENT | RECURSIVE);
        watch(watcher, "/p", ANY);
        watch(watcher, "/", RECURSIVE);

        apply(2, create("/p/n"));

        assertEquals(List.of("NODE_CREATED /p/n @2", "NODE_CHILDREN_CHANGED /p @2"), watcher.takeTold());
    }

    @Test
    void a_one_shot_watch_is_told_once_and_a_lasting_one_for_ever() {
        var lasting = new RecordingWatcher();
        var recursive = new RecordingWatcher();
        given("/n");
        watch(watcher, "/n", DATA);
        watch(lasting, "/n", PERSISTENT);
        watch(recursive, "/n", RECURSIVE);

        apply(2, change("set", "/n"));
        apply(3, change("set", "/n"));
        apply(4, change("delete", "/n"));
        apply(5, create("/n"));

        assertEquals(List.of("NODE_DATA_CHANGED /n @2"), watcher.takeTold());
        List<String> all = List.of(
                "NODE_DATA_CHANGED /n @2", "NODE_DATA_CHANGED /n @3", "NODE_DELETED /n @4", "NODE_CREATED /n @5");
        assertEquals(all, lasting.takeTold());
        assertEquals(all, recursive.takeTold());
    }

    @Test
    void a_one_shot_watch_goes_and_a_lasting_one_of_the_same_watcher_stays() {
        given("/n");
        watch(watcher, "/n", DATA | CHILD | PERSISTENT);

        apply(2, change("set", "/n"));
        assertEquals(CHILD | PERSISTENT, modes("/n"));

        apply(3, create("/n/c"));
        assertEquals(PERSISTENT, modes("/n"));
    }

    @Test
    void the_end_of_a_node_uses_up_its_child_watches_too() {
        given("/n");
        watch(watcher, "/n", DATA | CHILD);

        apply(2, new Txn.Delete("/n"));

        assertEquals(List.of("NODE_DELETED /n @2"), watcher.takeTold());
        assertEquals(0, modes("/n"));
    }

    @Test
    void a_recursive_watch_on_the_root_sees_everything() {
        watch(watcher, "/", RECURSIVE);

        apply(1, create("/a"));
        apply(2, create("/a/b"));
        apply(3, create("/zookeeper/quota/x"));

        assertEquals(
                List.of("NODE_CREATED /a @1", "NODE_CREATED /a/b @2", "NODE_CREATED /zookeeper/quota/x @3"),
                watcher.takeTold());
    }

    @Test
    void a_watch_is_not_told_of_a_path_that_only_begins_alike() {
        given("/n");
        watch(watcher, "/n", ANY);

        apply(2, create("/nn"));

        assertEquals(List.of(), watcher.takeTold());
    }

    @Test
    void a_multi_tells_of_its_parts_in_order_and_under_one_zxid() {
        watch(watcher, "/", RECURSIVE | PERSISTENT);

        apply(1, new Txn.Multi(List.of(create("/a"), new Txn.Check("/a"), create("/b"), new Txn.Delete("/a"))));

        assertEquals(
                List.of(
                        "NODE_CREATED /a @1",
                        "NODE_CHILDREN_CHANGED / @1",
                        "NODE_CREATED /b @1",
                        "NODE_CHILDREN_CHANGED / @1",
                        "NODE_DELETED /a @1",
                        "NODE_CHILDREN_CHANGED / @1"),
                watcher.takeTold());
    }

    @Test
    void the_end_of_a_session_is_told_as_the_deletion_of_its_ephemerals() {
        apply(1, new Txn.CreateSession(7, 1000, new Password(0, 0)));
        apply(2, new Txn.Create("/e", null, Acl.OPEN, 7));
        watch(watcher, "/e", DATA);
        watch(watcher, "/", CHILD);

        apply(3, new Txn.CloseSession(7));

        assertEquals(List.of("NODE_DELETED /e @3", "NODE_CHILDREN_CHANGED / @3"), watcher.takeTold());
    }

    @Test
    void a_failed_write_tells_nobody() {
        watch(watcher, "/", ANY);

        apply(1, new Txn.Failed(ErrorCode.NO_NODE));

        assertEquals(List.of(), watcher.takeTold());
        assertEquals(ANY, modes("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "delete"})
    void who_may_not_read_the_node_is_told_nothing_but_has_used_up_the_watch(String change) {
        var ann = new RecordingWatcher(ANN);
        apply(1, new Txn.Create("/secret", null, ANNS, Owner.PERSISTENT));
        watch(watcher, "/secret", DATA | CHILD | RECURSIVE);
        watch(ann, "/secret", DATA);

        apply(2, change(change, "/secret"));

        assertEquals(List.of(), watcher.takeTold());
        assertEquals(1, ann.takeTold().size());
        assertEquals(change.equals("delete") ? RECURSIVE : CHILD | RECURSIVE, modes("/secret"));
    }

    @Test
    void the_acl_of_the_parent_decides_who_is_told_of_its_children() {
        var ann = new RecordingWatcher(ANN);
        apply(1, new Txn.Create("/secret", null, ANNS, Owner.PERSISTENT));
        watch(watcher, "/secret", CHILD | RECURSIVE);
        watch(ann, "/secret", CHILD);

        apply(2, create("/secret/open"));

        assertEquals(List.of("NODE_CREATED /secret/open @2"), watcher.takeTold());
        assertEquals(List.of("NODE_CHILDREN_CHANGED /secret @2"), ann.takeTold());
        assertEquals(RECURSIVE, modes("/secret"));
    }

    @Test
    void the_acl_that_counts_is_the_one_after_the_change() {
        given("/n");
        watch(watcher, "/n", PERSISTENT);

        apply(2, new Txn.SetAcl("/n", ANNS, 1));
        apply(3, change("set", "/n"));
        apply(4, new Txn.SetAcl("/n", Acl.OPEN, 2));
        apply(5, change("set", "/n"));

        assertEquals(List.of("NODE_DATA_CHANGED /n @5"), watcher.takeTold());
    }

    @ParameterizedTest
    @ValueSource(ints = {DATA, CHILD, PERSISTENT, RECURSIVE, DATA | RECURSIVE, ANY})
    void removing_some_modes_leaves_the_others(int removed) {
        watch(watcher, "/n", ANY);

        publication.watching((root, table) -> {
            table.remove(watcher, "/n", removed);
            return root;
        });

        assertEquals(ANY & ~removed, modes("/n"));
        assertCounts(removed == ANY ? 0 : 1, removed == ANY ? 0 : 1);
    }

    @Test
    void a_watcher_that_leaves_leaves_nothing_behind() {
        var other = new RecordingWatcher();
        watch(watcher, "/a", ANY);
        watch(watcher, "/a/b", RECURSIVE);
        watch(other, "/a", DATA);

        leave(watcher);
        assertCounts(1, 1);
        apply(1, create("/a"));
        apply(2, create("/a/b"));

        assertEquals(List.of(), watcher.takeTold());
        assertEquals(List.of("NODE_CREATED /a @1"), other.takeTold());
        assertCounts(0, 0);
    }

    @Test
    void the_root_that_is_shown_is_the_one_that_was_published() {
        Tree before = publication.root();
        Applied applied = before.apply(1, 0, create("/a"));

        publication.publish(() -> assertSame(before, publication.root()), applied.tree());

        assertSame(applied.tree(), publication.root());
    }

    private void given(String path) {
        apply(publication.root().zxid() + 1, create(path));
    }

    private void apply(long zxid, Txn txn) {
        Applied applied = publication.root().apply(zxid, 0, txn);
        publication.publish(() -> publication.tell(applied, zxid), applied.tree());
    }

    private static Txn create(String path) {
        return new Txn.Create(path, null, Acl.OPEN, Owner.PERSISTENT);
    }

    private static Txn change(String kind, String path) {
        return switch (kind) {
            case "create" -> create(path);
            case "delete" -> new Txn.Delete(path);
            case "set" -> new Txn.SetData(path, new byte[1], 1);
            case "acl" -> new Txn.SetAcl(path, ANNS, 1);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private void watch(Watcher who, String path, int modes) {
        publication.watching((root, table) -> {
            table.add(who, path, modes);
            return root;
        });
    }

    private void leave(Watcher who) {
        var departure = publication.watching((root, table) -> table.depart(who));
        while (publication.watching((root, table) -> departure.goOn(1))) {}
    }

    private int modes(String path) {
        return publication.watching((root, table) -> table.modes(watcher, path));
    }

    private void assertCounts(int watchers, int watches) {
        publication.watching((root, table) -> {
            assertEquals(watchers, table.watcherCount());
            assertEquals(watches, table.pathCount());
            assertEquals(watches, table.watchCount());
            assertEquals(watchers, table.watchers().size());
            return root;
        });
    }
}
