package io.pando.datatree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final long SESSION = 0x1_0000_0000_0001L;

    private Tree tree = Tree.empty();
    private long clockMs = 1_000;

    @Test
    void the_first_tree_has_the_built_in_znodes_with_all_zero_stats() {
        assertEquals(new Stat(0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0), stat("/"));
        assertEquals(new Stat(0, 0, 0, 0, 0, -2, 0, 0, 0, 2, 0), stat("/zookeeper"));
        assertEquals(new Stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), stat("/zookeeper/quota"));
        assertEquals(new Stat(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0), stat("/zookeeper/config"));
        assertEquals(Acl.READ_ONLY, znode("/zookeeper/config").acl());
        assertEquals(4, tree.nodeCount());
        assertEquals(0, tree.zxid());
    }

    @Test
    void built_in_znodes_can_not_be_deleted() {
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config")) {
            assertRefused(new Txn.Delete(path));
        }
    }

    @Test
    void a_new_znode_has_the_zxid_and_time_of_its_txn_in_all_its_stat() {
        var applied = apply(create("/a", "data"));

        assertEquals(new Stat(1, 1, 1_000, 1_000, 0, 0, 0, 0, 4, 0, 1), stat("/a"));
        assertEquals(1, stat("/").pzxid());
        assertEquals(0, stat("/").cversion());
        assertEquals(List.of(new Change(Change.Kind.CREATED, "/a", znode("/a"), tree.root())), applied.changes());
    }

    @Test
    void only_znodes_to_which_something_has_happened_have_room_for_what_that_was() {
        apply(new Txn.CreateSession(SESSION, 6_000, new Password(0, 0)));
        apply(create("/a", "data"));
        assertInstanceOf(UnchangedZnode.class, znode("/a"));

        apply(ephemeral("/e"));
        apply(create("/b", "data"));
        apply(new Txn.SetAcl("/b", Acl.READ_ONLY, 1));
        apply(create("/c", "data"));
        apply(new Txn.SetData("/c", null, 1));
        apply(create("/a/child", "data"));

        assertInstanceOf(UnchangedZnode.class, znode("/a/child"));
        for (String path : List.of("/a", "/b", "/c", "/e")) {
            assertInstanceOf(ChangedZnode.class, znode(path), path);
        }
        assertInstanceOf(UnchangedZnode.class, restored(7, 1_000, 0, 0, 0));
        assertEquals(8, restored(8, 1_000, 0, 0, 0).mzxid());
        assertEquals(1_001, restored(7, 1_001, 0, 0, 0).mtime());
        assertEquals(SESSION, restored(7, 1_000, SESSION, 0, 0).owner());
        assertEquals(1, restored(7, 1_000, 0, 1, 0).version());
        assertEquals(1, restored(7, 1_000, 0, 0, 1).aversion());
    }

    @Test
    void set_data_changes_data_version_mzxid_and_mtime_only() {
        apply(create("/a", "data"));
        clockMs = 2_000;

        apply(new Txn.SetData("/a", null, 1));

        assertEquals(new Stat(1, 2, 1_000, 2_000, 1, 0, 0, 0, 0, 0, 1), stat("/a"));
        assertNull(znode("/a").data());
    }

    @Test
    void set_acl_changes_acl_and_aversion_only() {
        apply(create("/a", "data"));
        clockMs = 2_000;

        apply(new Txn.SetAcl("/a", Acl.READ_ONLY, 1));

        assertEquals(new Stat(1, 1, 1_000, 1_000, 0, 0, 1, 0, 4, 0, 1), stat("/a"));
        assertEquals(Acl.READ_ONLY, znode("/a").acl());
    }

    @Test
    void the_sequence_counter_counts_creations_and_the_cversion_deletions_too() {
        apply(create("/a", ""));
        apply(create("/a/b", ""));
        apply(create("/a/c", ""));
        apply(new Txn.Delete("/a/b"));

        assertEquals(2, znode("/a").creations());
        assertEquals(3, stat("/a").cversion());
        assertEquals(1, stat("/a").numChildren());
        assertEquals(4, stat("/a").pzxid());
    }

    @Test
    void ephemerals_die_with_their_session_at_one_zxid() {
        apply(new Txn.CreateSession(SESSION, 4_000, new Password(0, 0)));
        apply(create("/a", ""));
        apply(ephemeral("/a/e1"));
        apply(ephemeral("/a/e2"));
        assertEquals(SESSION, stat("/a/e1").ephemeralOwner());
        assertEquals(2, tree.ephemeralCount());
        assertEquals(Set.of("/a/e1", "/a/e2"), ephemeralsOfSession());

        var applied = apply(new Txn.CloseSession(SESSION));

        assertEquals(2, applied.changes().size());
        assertNull(tree.find("/a/e1"));
        assertNull(tree.find("/a/e2"));
        assertEquals(tree.zxid(), stat("/a").pzxid());
        assertEquals(0, tree.ephemeralCount());
        assertNull(tree.session(SESSION));
    }

    @Test
    void a_deleted_ephemeral_is_forgotten_by_its_session() {
        apply(new Txn.CreateSession(SESSION, 4_000, new Password(0, 0)));
        apply(ephemeral("/e"));

        apply(new Txn.Delete("/e"));

        assertEquals(Set.of(), ephemeralsOfSession());
        assertEquals(0, tree.ephemeralCount());
    }

    @Test
    void an_ephemeral_needs_its_session_and_has_no_children() {
        assertRefused(ephemeral("/e"));
        apply(new Txn.CreateSession(SESSION, 4_000, new Password(0, 0)));
        apply(ephemeral("/e"));

        assertRefused(create("/e/child", ""));
    }

    @Test
    void a_multi_that_fails_halfway_leaves_nothing_behind() {
        long digest = tree.digest();

        assertRefused(new Txn.Multi(List.of(create("/a", ""), new Txn.Delete("/missing"))));

        assertNull(tree.find("/a"));
        assertEquals(digest, tree.digest());
    }

    @Test
    void the_parts_of_a_multi_see_those_before_them_and_share_one_zxid() {
        var applied = apply(new Txn.Multi(List.of(
                create("/a", ""), create("/a/b", ""), new Txn.SetData("/a", bytes("x"), 1), new Txn.Check("/a/b"))));

        assertEquals(3, applied.changes().size());
        assertEquals(1, stat("/a/b").czxid());
        assertEquals(1, stat("/a").mzxid());
        assertEquals(1, tree.zxid());
    }

    @Test
    void multis_do_not_nest() {
        var inner = new Txn.Multi(List.of());

        assertThrows(IllegalArgumentException.class, () -> new Txn.Multi(List.of(inner)));
    }

    @Test
    void a_failed_write_moves_the_zxid_and_nothing_else() {
        long digest = tree.digest();

        apply(new Txn.Failed(ErrorCode.NO_NODE));
        apply(new Txn.MultiFailed(3, ErrorCode.BAD_VERSION));

        assertEquals(2, tree.zxid());
        assertEquals(digest, tree.digest());
        assertEquals(9, tree.advancedTo(9).zxid());
    }

    @Test
    void a_tree_does_not_apply_what_it_has_seen() {
        apply(create("/a", ""));

        assertThrows(TxnDoesNotApplyException.class, () -> tree.apply(1, clockMs, create("/b", "")));
    }

    @Test
    void text_that_is_no_path_names_no_znode() {
        apply(create("/a", ""));

        for (String path : List.of("", "a", "/a/", "//a", "//", "/a//", "/a/b", "a/a", "/./a", "/b")) {
            assertNull(tree.find(path), path);
            assertRefused(new Txn.Delete(path));
            assertRefused(new Txn.SetData(path, null, 1));
            assertRefused(new Txn.Check(path));
        }
        assertNotNull(tree.find("/a"));
    }

    /** No znode may have them in its name, but '?' is allowed, which is what they often become. */
    @Test
    void a_path_with_surrogates_names_no_znode() {
        for (String path : List.of("/?", "/?/?", "/a?", "/??", "/????", "/я?", "/?/a")) {
            apply(create(path, ""));
        }

        for (String lone : List.of("\ud800", "\ud83d", "\ud83f", "\udc3f", "\udfff")) {
            for (String path : List.of("/*", "/*/?", "/?/*", "/a*", "/*?", "/?*", "/я*", "/*/a", "/**", "/*/*")) {
                assertNamesNothing(path.replace("*", lone));
            }
        }
        for (String pair : List.of("\ud83d\ude00", "\ud800\udc00", "\udbff\udfff")) {
            for (String path : List.of("/*", "/?/*", "/?*", "/*?", "/*/a", "/a*a", "/я*я")) {
                assertNamesNothing(path.replace("*", pair));
            }
        }
        assertNull(tree.root().child("\ud83d"));
        assertSame(znode("/?"), tree.root().child("?"));
        assertSame(znode("/?/?"), znode("/?").child("?"));
    }

    @Test
    void a_quota_covers_its_subtree_and_counts_what_is_there() {
        apply(create("/a", "12345"));
        apply(create("/a/b", "123"));
        assertNull(tree.quotaFor("/a/b"));
        apply(create("/zookeeper/quota/a", ""));
        apply(create("/zookeeper/quota/a/zookeeper_limits", "count=7,bytes=-1=;byteHardLimit=100;countHardLimit=9"));
        apply(create("/zookeeper/quota/a/zookeeper_stats", "count=0,bytes=0"));

        assertEquals(new Quota("/a", 7, -1, 9, 100, 2, 8), tree.quotaFor("/a/b/c"));
        assertEquals(new Quota("/a", 7, -1, 9, 100, 2, 8), tree.quotaFor("/a"));
        assertNull(tree.quotaFor("/ab"));
        assertNull(tree.quotaFor("/"));
        var shown = znode("/zookeeper/quota/a/zookeeper_stats");
        assertEquals("count=2,bytes=8", new String(requireNonNull(shown.data()), UTF_8));
        assertEquals(15, shown.stat().dataLength());
        assertEquals(0, shown.stat().version());
    }

    @Test
    void the_nearest_quota_counts() {
        apply(create("/a", ""));
        apply(create("/zookeeper/quota/a", ""));
        apply(create("/zookeeper/quota/a/zookeeper_limits", "count=1,bytes=1"));
        apply(create("/zookeeper/quota/a/b", ""));
        apply(create("/zookeeper/quota/a/b/zookeeper_limits", "bytes=2;count=2;nonsense=3"));
        apply(create("/zookeeper/quota/zookeeper_limits", "count=x"));

        assertEquals(new Quota("/a/b", 2, 2, -1, -1, 0, 0), tree.quotaFor("/a/b/c/d"));
        assertEquals(new Quota("/a", 1, 1, -1, -1, 1, 0), tree.quotaFor("/a/c"));
        assertEquals(new Quota("/", -1, -1, -1, -1, tree.nodeCount(), tree.dataBytes()), tree.quotaFor("/x"));
        assertNull(tree.quotaFor("/zookeeper/quota/a"));
    }

    @Test
    void a_container_goes_when_its_last_child_went_or_when_it_was_never_used() {
        apply(new Txn.Create("/c", null, Acl.OPEN, Owner.CONTAINER));
        assertEquals(List.of(), tree.reapable(1_000_000, 0, 10));
        assertEquals(List.of("/c"), tree.reapable(1_101, 100, 10));
        assertEquals(List.of(), tree.reapable(1_100, 100, 10));

        apply(create("/c/child", ""));
        assertEquals(List.of(), tree.reapable(1_000_000, 100, 10));

        apply(new Txn.Delete("/c/child"));
        assertEquals(List.of("/c"), tree.reapable(1_000, 0, 10));
        assertEquals(0, stat("/c").ephemeralOwner());
    }

    @Test
    void a_time_to_live_starts_again_with_each_set_data() {
        apply(create("/a", ""));
        apply(new Txn.Create("/a/t", null, Acl.OPEN, Owner.ttl(50)));
        assertEquals(List.of(), tree.reapable(1_050, 0, 10));
        assertEquals(List.of("/a/t"), tree.reapable(1_051, 0, 10));
        assertEquals(List.of(), tree.reapable(1_051, 0, 0));

        clockMs = 1_051;
        apply(new Txn.SetData("/a/t", null, 1));

        assertEquals(List.of(), tree.reapable(1_101, 0, 10));
        assertEquals(List.of("/a/t"), tree.reapable(1_102, 0, 10));
    }

    @Test
    void undoing_everything_gives_the_digest_of_a_tree_that_never_had_it() {
        apply(new Txn.CreateSession(SESSION, 4_000, new Password(0, 0)));
        long digest = tree.digest();
        var before = tree;
        apply(ephemeral("/e"));
        apply(new Txn.SetData("/e", bytes("some data"), 1));
        assertSame(before.root(), before.find("/"));

        apply(new Txn.Delete("/e"));

        assertFalse(digest == tree.digest(), "the root remembers a creation");
        assertEquals(
                Tree.empty()
                        .apply(1, 0, new Txn.CreateSession(SESSION, 4_000, new Password(0, 0)))
                        .tree()
                        .digest(),
                digest);
    }

    @Test
    void a_very_deep_path_is_no_trouble() {
        int depth = 100_000;
        var builder = new TreeBuilder(0);
        builder.add(Znode.restored(Utf8.encode(""), null, Acl.OPEN, 0, 0, 0, 0, 0, 0, 0), 1, 1, 0);
        for (int i = 1; i < depth; i++) {
            builder.add(Znode.restored(Utf8.encode("d"), null, Acl.OPEN, 0, 0, 0, 0, 0, 0, 0), 1, 1, 0);
        }
        builder.add(Znode.restored(Utf8.encode("d"), null, Acl.OPEN, 0, 0, 0, 0, 0, 0, 0));
        tree = builder.build();
        String path = "/d".repeat(depth);

        apply(create(path + "/container", ""));
        apply(new Txn.Create(path + "/c", null, Acl.OPEN, Owner.CONTAINER));

        assertEquals(depth + 2, tree.root().descendants());
        assertEquals(List.of(path + "/c"), tree.reapable(clockMs + 2, 1, 1));
    }

    /** Created as zxid 7 at 1,000 ms. */
    private static Znode restored(long mzxid, long mtime, long owner, int version, int aversion) {
        return Znode.restored(bytes("r"), null, Acl.OPEN, 7, mzxid, 1_000, mtime, owner, version, aversion);
    }

    private Applied apply(Txn txn) {
        var applied = tree.apply(tree.zxid() + 1, clockMs, txn);
        tree = applied.tree();
        return applied;
    }

    private void assertRefused(Txn txn) {
        assertThrows(TxnDoesNotApplyException.class, () -> tree.apply(tree.zxid() + 1, clockMs, txn), txn.toString());
    }

    private void assertNamesNothing(String path) {
        assertNull(tree.find(path), path);
        assertRefused(new Txn.Create(path, null, Acl.OPEN, Owner.PERSISTENT));
        assertRefused(new Txn.Delete(path));
        assertRefused(new Txn.SetData(path, null, 1));
        assertRefused(new Txn.Check(path));
    }

    private Znode znode(String path) {
        return requireNonNull(tree.find(path), path);
    }

    private Stat stat(String path) {
        return znode(path).stat();
    }

    private Set<String> ephemeralsOfSession() {
        Set<String> paths = new TreeSet<>();
        requireNonNull(tree.session(SESSION)).forEachEphemeral(paths::add);
        return paths;
    }

    private static Txn create(String path, String data) {
        return new Txn.Create(path, bytes(data), Acl.OPEN, Owner.PERSISTENT);
    }

    private static Txn ephemeral(String path) {
        return new Txn.Create(path, null, Acl.OPEN, SESSION);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
