package io.pando.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.datatree.Acl;
import io.pando.datatree.Applied;
import io.pando.datatree.Id;
import io.pando.datatree.Owner;
import io.pando.datatree.Perms;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.TxnDoesNotApplyException;
import io.pando.server.auth.AccessControl;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The watch table, whatever happens to it, does what the plain words of the specification say. */
class WatchPropertiesTest {
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/a/b/c", "/ab");
    private static final Id ANN = new Id("digest", "ann:hash");
    private static final List<Acl> ANNS = List.of(new Acl(Perms.ALL, ANN));

    sealed interface Step {
        record Watch(int watcher, String path, int modes) implements Step {}

        record Unwatch(int watcher, String path, int modes) implements Step {}

        record Leave(int watcher) implements Step {}

        record Write(Txn txn) implements Step {}
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void everybody_is_told_what_the_model_says_in_its_order(@ForAll("steps") List<Step> steps) {
        var access = new AccessControl("SHA1", null, true);
        var publication = new Publication(Tree.empty(), access);
        var model = new WatchModel(access);
        var watchers = List.of(new RecordingWatcher(), new RecordingWatcher(ANN), new RecordingWatcher());

        for (Step step : steps) {
            carryOut(step, publication, model, watchers);

            for (RecordingWatcher watcher : watchers) {
                assertEquals(model.takeTold(watcher), watcher.takeTold(), step.toString());
            }
            assertSameWatches(publication, model, watchers);
        }
        for (RecordingWatcher watcher : watchers) {
            leave(publication, watcher);
            model.removeAll(watcher);
        }
        assertSameWatches(publication, model, watchers);
        assertEquals(0, model.watcherCount());
    }

    private static void leave(Publication publication, RecordingWatcher watcher) {
        var departure = publication.watching((root, table) -> table.depart(watcher));
        while (publication.watching((root, table) -> departure.goOn(1))) {}
    }

    private static void carryOut(
            Step step, Publication publication, WatchModel model, List<RecordingWatcher> watchers) {
        switch (step) {
            case Step.Watch watch -> {
                var watcher = watchers.get(watch.watcher());
                model.add(watcher, watch.path(), watch.modes());
                publication.watching((root, table) -> {
                    table.add(watcher, watch.path(), watch.modes());
                    return root;
                });
            }
            case Step.Unwatch unwatch -> {
                var watcher = watchers.get(unwatch.watcher());
                model.remove(watcher, unwatch.path(), unwatch.modes());
                publication.watching((root, table) -> {
                    table.remove(watcher, unwatch.path(), unwatch.modes());
                    return root;
                });
            }
            case Step.Leave leave -> {
                var watcher = watchers.get(leave.watcher());
                model.removeAll(watcher);
                leave(publication, watcher);
            }
            case Step.Write write -> {
                long zxid = publication.root().zxid() + 1;
                try {
                    Applied applied = publication.root().apply(zxid, 0, write.txn());
                    applied.changes().forEach(change -> model.on(change, zxid));
                    publication.publish(() -> publication.tell(applied, zxid), applied.tree());
                } catch (TxnDoesNotApplyException e) {
                    // Chance asked for what can't be: nothing happens, and nobody is to be told.
                }
            }
        }
    }

    private static void assertSameWatches(Publication publication, WatchModel model, List<RecordingWatcher> watchers) {
        publication.watching((root, table) -> {
            for (RecordingWatcher watcher : watchers) {
                for (String path : PATHS) {
                    assertEquals(model.modes(watcher, path), table.modes(watcher, path), path);
                }
            }
            assertEquals(model.watcherCount(), table.watcherCount());
            assertEquals(model.pathCount(), table.pathCount());
            return root;
        });
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> paths = Arbitraries.of(PATHS);
        Arbitrary<Integer> who = Arbitraries.integers().between(0, 2);
        Arbitrary<Integer> modes = Arbitraries.integers().between(1, WatchMode.ANY);
        Arbitrary<Step> watch = Combinators.combine(who, paths, modes).as(Step.Watch::new);
        Arbitrary<Step> unwatch = Combinators.combine(who, paths, modes).as(Step.Unwatch::new);
        Arbitrary<Step> leave = who.map(Step.Leave::new);
        Arbitrary<Step> write = txns().map(Step.Write::new);
        Arbitrary<Step> multi =
                txns().list().ofMinSize(1).ofMaxSize(3).map(parts -> new Step.Write(new Txn.Multi(parts)));
        return Arbitraries.frequencyOf(
                        Tuple.of(6, watch),
                        Tuple.of(1, unwatch),
                        Tuple.of(1, leave),
                        Tuple.of(12, write),
                        Tuple.of(2, multi))
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<Txn> txns() {
        Arbitrary<String> paths = Arbitraries.of(PATHS);
        Arbitrary<List<Acl>> acls = Arbitraries.of(List.of(Acl.OPEN, Acl.OPEN, ANNS));
        Arbitrary<Txn> create =
                Combinators.combine(paths, acls).as((path, acl) -> new Txn.Create(path, null, acl, Owner.PERSISTENT));
        Arbitrary<Txn> delete = paths.map(Txn.Delete::new);
        Arbitrary<Txn> setData = paths.map(path -> new Txn.SetData(path, new byte[1], 1));
        Arbitrary<Txn> setAcl = Combinators.combine(paths, acls).as((path, acl) -> new Txn.SetAcl(path, acl, 1));
        return Arbitraries.oneOf(create, create, delete, setData, setAcl);
    }
}
