package io.pando.datatree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.datatree.encoding.TreeSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What holds of all trees, whatever txns made them, with those that can't apply among them. */
class TreePropertiesTest {
    private static final long START_MS = 1_000_000;
    private static final long STEP_MS = 10;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void a_tree_is_what_the_model_says_and_refuses_what_the_model_refuses(@ForAll("histories") List<Txn> history) {
        Tree tree = Tree.empty();
        var model = new TreeModel();

        for (int i = 0; i < history.size(); i++) {
            Txn txn = history.get(i);
            long zxid = i + 1L;
            long timeMs = START_MS + i * STEP_MS;
            Tree before = tree;
            var expected = model.after(zxid, timeMs, txn);
            if (expected == null) {
                assertThrows(TxnDoesNotApplyException.class, () -> before.apply(zxid, timeMs, txn), txn.toString());
            } else {
                var applied = before.apply(zxid, timeMs, txn);
                assertEquals(changesOf(txn, expected), changesOf(txn, applied));
                assertEquals(zxid, applied.tree().zxid());
                tree = applied.tree();
                model = expected;
            }
        }

        assertSame(model, tree);
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void what_a_change_shows_is_what_the_tree_then_holds(@ForAll("histories") List<Txn> history) {
        Tree tree = Tree.empty();
        for (Txn txn : history) {
            Tree before = tree;
            Applied applied = applied(before, txn);
            if (applied == null) {
                continue;
            }
            tree = applied.tree();
            if (!(txn instanceof Txn.Multi) && !(txn instanceof Txn.CloseSession)) {
                applied.changes().forEach(change -> assertShows(change, before, applied.tree()));
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void a_restored_snapshot_is_the_tree_that_was_written(@ForAll("histories") List<Txn> history) throws IOException {
        Tree tree = treeAfter(history);

        // Reading fails unless the digest that was kept up to date equals the one that is summed up from scratch.
        Tree restored = TreeSnapshot.read(new ByteArrayInputStream(written(tree)));

        assertEquals(tree.zxid(), restored.zxid());
        assertEquals(tree.digest(), restored.digest());
        assertEquals(tree.nodeCount(), restored.nodeCount());
        assertEquals(tree.dataBytes(), restored.dataBytes());
        assertEquals(tree.ephemeralCount(), restored.ephemeralCount());
        assertEquals(sessionsOf(tree), sessionsOf(restored));
        assertEquals(tree.reapable(Long.MAX_VALUE / 2, 1, 1_000), restored.reapable(Long.MAX_VALUE / 2, 1, 1_000));
        assertArrayEquals(written(tree), written(restored));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void applying_is_deterministic_and_leaves_older_trees_alone(@ForAll("histories") List<Txn> history)
            throws IOException {
        List<Tree> trees = new ArrayList<>(List.of(Tree.empty()));
        List<byte[]> writtenThen = new ArrayList<>(List.of(written(Tree.empty())));
        for (Txn txn : history) {
            var applied = applied(trees.get(trees.size() - 1), txn);
            if (applied != null) {
                trees.add(applied.tree());
                writtenThen.add(written(applied.tree()));
            }
        }

        for (int i = 0; i < trees.size(); i++) {
            assertArrayEquals(writtenThen.get(i), written(trees.get(i)));
        }
        assertArrayEquals(written(treeAfter(history)), writtenThen.get(trees.size() - 1));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void quotas_and_reapable_znodes_are_what_a_scan_of_everything_finds(
            @ForAll("histories") List<Txn> history, @ForAll("paths") String path) {
        Tree tree = Tree.empty();
        var model = new TreeModel();
        for (Txn txn : history) {
            var expected = model.after(tree.zxid() + 1, START_MS, txn);
            if (expected != null) {
                tree = tree.apply(tree.zxid() + 1, START_MS, txn).tree();
                model = expected;
            }
        }

        Assume.that(ZnodePath.isValid(path));
        var quota = tree.quotaFor(path);
        assertEquals(limitedPath(model, path), quota == null ? null : quota.path());
        if (quota != null) {
            assertEquals(model.subtreeOf(quota.path()).size(), quota.count());
            assertEquals(model.bytesOf(quota.path()), quota.bytes());
        }
        for (long afterMs : List.of(0L, 10L, 20L, 1_000L)) {
            long nowMs = START_MS + afterMs;
            assertEquals(reapable(model, nowMs, 15), new TreeSet<>(tree.reapable(nowMs, 15, 1_000)));
            assertEquals(reapable(model, nowMs, 0), new TreeSet<>(tree.reapable(nowMs, 0, 1_000)));
        }
    }

    private static void assertSame(TreeModel model, Tree tree) {
        var paths = new TreeSet<String>();
        collect("/", tree.root(), paths);
        assertEquals(model.nodes.keySet(), paths);
        model.nodes.forEach((path, expected) -> {
            Znode znode = "/".equals(path) ? tree.root() : requireNonNull(tree.find(path), path);
            if (!znode.name().equals("zookeeper_stats")) {
                assertEquals(model.stat(path), znode.stat(), path);
                assertArrayEquals(expected.data(), znode.data(), path);
            }
            assertEquals(expected.acl(), znode.acl(), path);
            assertEquals(expected.owner(), znode.owner(), path);
            assertEquals(expected.creations(), znode.creations(), path);
            assertEquals(model.subtreeOf(path).size() - 1, znode.descendants(), path);
        });
        assertEquals(model.nodes.size(), tree.nodeCount());
        assertEquals(model.bytesOf("/"), tree.dataBytes());
        assertEquals(model.sessions.size(), tree.sessionCount());
        int ephemerals = 0;
        for (Txn.CreateSession session : model.sessions.values()) {
            var state = requireNonNull(tree.session(session.id()));
            assertEquals(session.timeoutMs(), state.timeoutMs());
            assertEquals(session.password(), state.password());
            assertEquals(model.ephemeralsOf(session.id()), ephemeralsOf(state));
            ephemerals += state.ephemeralCount();
        }
        assertEquals(ephemerals, tree.ephemeralCount());
    }

    private static void collect(String path, Znode znode, Set<String> paths) {
        paths.add(path);
        znode.forEachChild(child -> collect(ZnodePath.childOf(path, child.name()), child, paths));
    }

    private static void assertShows(Change change, Tree before, Tree after) {
        String path = change.path();
        boolean deleted = change.kind() == Change.Kind.DELETED;
        if (path.endsWith("zookeeper_stats")) {
            return;
        }
        assertEquals((deleted ? before : after).find(path), change.node());
        if (deleted) {
            assertNull(after.find(path));
        }
        if (deleted || change.kind() == Change.Kind.CREATED) {
            assertEquals(after.find(ZnodePath.parentOf(path)), assertNotNullParent(change));
        } else {
            assertNull(change.parent());
        }
    }

    private static Znode assertNotNullParent(Change change) {
        assertNotNull(change.parent());
        return requireNonNull(change.parent());
    }

    private static @Nullable Applied applied(Tree tree, Txn txn) {
        try {
            return tree.apply(tree.zxid() + 1, START_MS, txn);
        } catch (TxnDoesNotApplyException expected) {
            return null;
        }
    }

    private static Tree treeAfter(List<Txn> history) {
        Tree tree = Tree.empty();
        for (Txn txn : history) {
            var applied = applied(tree, txn);
            tree = applied == null ? tree : applied.tree();
        }
        return tree;
    }

    /** The ephemerals of a session go in an order of the tree's own choice; all else happens in the order of the txn. */
    private static List<String> changesOf(Txn txn, TreeModel model) {
        return txn instanceof Txn.CloseSession ? model.changes.stream().sorted().toList() : model.changes;
    }

    private static List<String> changesOf(Txn txn, Applied applied) {
        var changes = applied.changes().stream().map(change -> change.kind() + " " + change.path());
        return (txn instanceof Txn.CloseSession ? changes.sorted() : changes).toList();
    }

    private static @Nullable String limitedPath(TreeModel model, String path) {
        if (path.equals("/zookeeper") || path.startsWith("/zookeeper/")) {
            return null;
        }
        for (String limited = path; !limited.equals("/"); limited = ZnodePath.parentOf(limited)) {
            if (model.nodes.containsKey("/zookeeper/quota" + limited + "/zookeeper_limits")) {
                return limited;
            }
        }
        return model.nodes.containsKey("/zookeeper/quota/zookeeper_limits") ? "/" : null;
    }

    private static Set<String> reapable(TreeModel model, long nowMs, long neverUsedAfterMs) {
        var paths = new TreeSet<String>();
        model.nodes.forEach((path, node) -> {
            long ageMs = nowMs - node.stat().mtime();
            boolean expired = node.owner() >>> 56 == 0xff && ageMs > (node.owner() & 0xff_ffff_ffffL);
            boolean neverUsed = node.creations() == 0 && neverUsedAfterMs > 0 && ageMs > neverUsedAfterMs;
            boolean spent = node.owner() == Owner.CONTAINER && (node.creations() > 0 || neverUsed);
            if (model.childrenOf(path).isEmpty() && (expired || spent)) {
                paths.add(path);
            }
        });
        return paths;
    }

    private static Set<String> ephemeralsOf(SessionState session) {
        var paths = new TreeSet<String>();
        session.forEachEphemeral(paths::add);
        return paths;
    }

    private static Set<String> sessionsOf(Tree tree) {
        var sessions = new TreeSet<String>();
        tree.forEachSession(session -> sessions.add(session + " " + ephemeralsOf(session)));
        return sessions;
    }

    private static byte[] written(Tree tree) throws IOException {
        var out = new ByteArrayOutputStream();
        TreeSnapshot.write(tree, out);
        return out.toByteArray();
    }

    @Provide
    Arbitrary<List<Txn>> histories() {
        Arbitrary<Long> session = Arbitraries.of(1L, 2L, 0x1_0000_0000_0003L);
        Arbitrary<Txn> sessions = Arbitraries.frequencyOf(
                Tuple.of(2, session.map(id -> new Txn.CreateSession(id, (int) (1_000 * (id & 3)), new Password(1, 2)))),
                Tuple.of(1, session.map(Txn.CloseSession::new)));
        Arbitrary<Txn> failures =
                Arbitraries.of(new Txn.Failed(ErrorCode.NO_NODE), new Txn.MultiFailed(1, ErrorCode.BAD_VERSION));
        Arbitrary<Txn> multis = parts().list().ofMaxSize(3).map(Txn.Multi::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(30, parts()), Tuple.of(4, sessions), Tuple.of(1, failures), Tuple.of(3, multis))
                .list()
                .ofMaxSize(120);
    }

    private Arbitrary<Txn> parts() {
        Arbitrary<byte @Nullable []> data = Arbitraries.of("", "x", "some data", "count=3,bytes=100")
                .map(text -> text.getBytes(UTF_8))
                .injectNull(0.1);
        Arbitrary<List<Acl>> acl =
                Arbitraries.of(Acl.OPEN, Acl.READ_ONLY, List.of(new Acl(3, new Id("digest", "user:hash"))));
        Arbitrary<Long> owner = Arbitraries.frequency(
                Tuple.of(6, Owner.PERSISTENT),
                Tuple.of(2, 1L),
                Tuple.of(2, 0x1_0000_0000_0003L),
                Tuple.of(2, Owner.CONTAINER),
                Tuple.of(2, Owner.ttl(15)));
        Arbitrary<Integer> version = Arbitraries.integers().between(-1, 3);
        return Arbitraries.frequencyOf(
                Tuple.of(8, Combinators.combine(paths(), data, acl, owner).as(Txn.Create::new)),
                Tuple.of(3, paths().map(Txn.Delete::new)),
                Tuple.of(2, Combinators.combine(paths(), data, version).as(Txn.SetData::new)),
                Tuple.of(1, Combinators.combine(paths(), acl, version).as(Txn.SetAcl::new)),
                Tuple.of(1, paths().map(Txn.Check::new)));
    }

    /** Few names, so that paths meet; three of them of one hash, two of another, and from one to three bytes a character. */
    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> name = Arbitraries.of("a", "AaAa", "BBBB", "AaBB", "é", "аё", "бв", "東京");
        Arbitrary<String> plain = name.list().ofMinSize(1).ofMaxSize(3).map(names -> "/" + String.join("/", names));
        Arbitrary<String> quota = Combinators.combine(
                        name.list().ofMaxSize(2), Arbitraries.of("", "/zookeeper_limits", "/zookeeper_stats"))
                .as((names, end) -> "/zookeeper/quota"
                        + String.join("", names.stream().map(n -> "/" + n).toList()) + end);
        Arbitrary<String> odd = Arbitraries.of(
                "", "/", "//a", "/a/", "a", "a/a", "/a//a", "/./a", "/a/..", "/zookeeper", "/zookeeper/config");
        return Arbitraries.frequencyOf(Tuple.of(10, plain), Tuple.of(4, quota), Tuple.of(1, odd));
    }
}
