package io.pando.server.cli;

import io.pando.datatree.Tree;
import io.pando.datatree.Znode;
import io.pando.datatree.ZnodePath;
import io.pando.datatree.encoding.TreeSnapshot;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.log.SnapshotInspection;
import io.pando.zab.log.StorageInspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pando snapshot}: judges snapshots, and shows the tree that is in one. */
@Command(
        name = "snapshot",
        description =
                "Checks snapshots from end to end, and shows what is in them. Only reads; a server may be running.")
final class SnapshotCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            defaultValue = "data",
            description = "A data directory, or one snapshot of it. Default: ${DEFAULT-VALUE}")
    private Path path = Path.of("data");

    @Option(names = "--json", description = "One JSON object for each line.")
    private boolean json;

    @Option(names = "--tree", description = "Also shows every znode of the newest one.")
    private boolean withTree;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    /** A znode that is still to be shown. */
    private record Place(String path, Znode znode) {}

    @Override
    public Integer call() {
        try {
            var inspector = new StorageInspector(new RealFileSystem());
            var snapshots = inspector.snapshotsIn(path);
            if (snapshots.isEmpty()) {
                return Failures.complain(spec, path + " holds no snapshots.", ExitCode.CONFIGURATION);
            }
            var intact = true;
            for (var snapshot : snapshots) {
                var inspection = inspector.inspectSnapshot(snapshot);
                show(inspection);
                intact &= inspection.isIntact();
            }
            if (withTree) {
                show(inspector, snapshots.get(snapshots.size() - 1));
            }
            return (intact ? ExitCode.OK : ExitCode.STORAGE_DAMAGED).number();
        } catch (IOException failed) {
            return Failures.complain(spec, failed);
        }
    }

    private void show(SnapshotInspection snapshot) {
        if (json) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            fields.put("snapshot", snapshot.file());
            fields.put("cluster", snapshot.clusterId());
            fields.put("zxid", Hex.of(snapshot.meta().zxid()));
            fields.put("membershipVersion", Hex.of(snapshot.meta().membership().version()));
            fields.put("membership", MemberLines.of(snapshot.meta().membership()));
            fields.put("lengthBytes", snapshot.lengthBytes());
            fields.put("contentBytes", snapshot.contentBytes());
            fields.put("chunks", snapshot.chunks());
            fields.put("intact", snapshot.isIntact());
            fields.put("damage", snapshot.damage());
            out().println(JsonText.of(fields));
        } else {
            var verdict = snapshot.isIntact() ? "intact" : "DAMAGED, " + snapshot.damage();
            out().printf(
                            "%s: at %s, %d bytes: %s%n",
                            snapshot.file(), Hex.of(snapshot.meta().zxid()), snapshot.lengthBytes(), verdict);
            if (snapshot.meta().membership().version() != 0) {
                MemberLines.of(snapshot.meta().membership()).forEach(line -> out().println("  " + line));
            }
        }
    }

    private void show(StorageInspector inspector, Path snapshot) throws IOException {
        Tree tree;
        try (var content = inspector.openSnapshot(snapshot)) {
            tree = TreeSnapshot.read(content);
        }
        var waiting = new ArrayDeque<>(List.of(new Place(ZnodePath.ROOT, tree.root())));
        while (!waiting.isEmpty()) {
            var place = waiting.pop();
            out().println(json ? JsonText.of(fields(place)) : line(place));
            var children = new ArrayList<Znode>();
            place.znode().forEachChild(children::add);
            children.sort(Comparator.comparing(Znode::name).reversed());
            children.forEach(child -> waiting.push(new Place(ZnodePath.childOf(place.path(), child.name()), child)));
        }
    }

    private static String line(Place place) {
        var znode = place.znode();
        return "%s  %d bytes, version %d of %s, %s"
                .formatted(
                        place.path(),
                        znode.dataLength(),
                        znode.version(),
                        Hex.of(znode.mzxid()),
                        TxnFields.owner(znode.owner()));
    }

    private static Map<String, @Nullable Object> fields(Place place) {
        var znode = place.znode();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("path", place.path());
        fields.put("data", TxnFields.base64(znode.data()));
        fields.put("acl", TxnFields.acl(znode.acl()));
        fields.put("owner", TxnFields.owner(znode.owner()));
        fields.put("czxid", Hex.of(znode.czxid()));
        fields.put("mzxid", Hex.of(znode.mzxid()));
        fields.put("pzxid", Hex.of(znode.pzxid()));
        fields.put("ctimeMs", znode.ctime());
        fields.put("mtimeMs", znode.mtime());
        fields.put("version", znode.version());
        fields.put("cversion", znode.cversion());
        fields.put("aversion", znode.aversion());
        return fields;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
