package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.call.Children;
import io.pando.client.call.DataAndStat;
import io.pando.client.call.Watched;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.Stat;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looking at znodes, one request each. */
@Command
final class ReadCommands extends CommandGroup {
    private static final String PATH = "PATH";

    private final Link link;
    private final Printer printer;
    private final WatchBook watches;

    ReadCommands(Link link, Printer printer, WatchBook watches) {
        this.link = link;
        this.printer = printer;
        this.watches = watches;
    }

    @Command(name = "ls", description = "Lists the children of a znode, by name.")
    void ls(
            @Option(names = "-s", description = "Also shows the stat of the znode.") boolean withStat,
            @Option(names = "-w", description = "Sets a watch on the children.") boolean watch,
            @Option(names = "-R", description = "Lists the znode and everything below it.") boolean recursive,
            @Parameters(paramLabel = PATH, arity = "0..1", defaultValue = "/", description = "Default: the root.")
                    String path)
            throws InterruptedException {
        Pando pando = link.pando();
        if (recursive) {
            List<String> paths = Subtree.paths(pando, path);
            printer.show(lines(paths), paths);
            return;
        }
        Children children;
        if (watch) {
            Watched<Children> watched = pando.getChildren(path).watched().now();
            watches.add(path, WatchBook.Kind.CHILDREN, watched.event());
            children = watched.value();
        } else {
            children = pando.getChildren(path).now();
        }
        List<String> names = children.names().stream().sorted().toList();
        if (withStat) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("children", names);
            json.put("stat", StatText.json(children.stat()));
            String stat = StatText.of(children.stat(), ZoneId.systemDefault());
            printer.show(names.isEmpty() ? stat : lines(names) + System.lineSeparator() + stat, json);
        } else {
            printer.show(lines(names), names);
        }
    }

    @Command(name = "get", description = "Shows the data of a znode; in hexadecimal if it is no text.")
    void get(
            @Option(names = "-s", description = "Also shows the stat.") boolean withStat,
            @Option(names = "-w", description = "Sets a watch on the znode.") boolean watch,
            @Option(names = "-b", description = "Shows the data in base64.") boolean base64,
            @Option(names = "-x", description = "Shows the data as a dump of bytes.") boolean hex,
            @Parameters(paramLabel = PATH) String path)
            throws InterruptedException {
        DataAndStat found;
        if (watch) {
            Watched<DataAndStat> watched = link.pando().getData(path).watched().now();
            watches.add(path, WatchBook.Kind.DATA, watched.event());
            found = watched.value();
        } else {
            found = link.pando().getData(path).now();
        }
        byte @Nullable [] data = found.isNull() ? null : found.data();
        String text = data != null && base64
                ? Base64.getEncoder().encodeToString(data)
                : data != null && hex ? Text.hexDump(data) : Text.of(data);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("path", path);
        Znode.putData(json, data);
        json.put("stat", StatText.json(found.stat()));
        String stat = withStat ? System.lineSeparator() + StatText.of(found.stat(), ZoneId.systemDefault()) : "";
        printer.show(text + stat, json);
        if ((text + stat).isEmpty()) {
            printer.remark(""); // a line without a character, so that a reader can tell no data from no answer
        }
    }

    @Command(name = "stat", description = "Shows the stat of a znode.")
    void stat(
            @Option(names = "-w", description = "Sets a watch, also on a znode that is yet to be created.")
                    boolean watch,
            @Parameters(paramLabel = PATH) String path)
            throws InterruptedException {
        Optional<Stat> found;
        if (watch) {
            Watched<Optional<Stat>> watched =
                    link.pando().exists(path).watched().now();
            watches.add(path, WatchBook.Kind.DATA, watched.event());
            found = watched.value();
        } else {
            found = link.pando().exists(path).now();
        }
        Stat stat = found.orElseThrow(() -> new NoNodeException("exists", path));
        printer.show(StatText.of(stat, ZoneId.systemDefault()), StatText.json(stat));
    }

    @Command(name = "getAcl", description = "Shows who may do what with a znode.")
    void getAcl(
            @Option(names = "-s", description = "Also shows the stat.") boolean withStat,
            @Parameters(paramLabel = PATH) String path)
            throws InterruptedException {
        var found = link.pando().getAcl(path).now();
        List<String> entries = found.acl().stream().map(AclText::of).toList();
        String stat = withStat ? System.lineSeparator() + StatText.of(found.stat(), ZoneId.systemDefault()) : "";
        printer.show(lines(entries) + stat, entries);
    }

    @Command(name = "getEphemerals", description = "Lists the ephemeral znodes of this shell's session.")
    void getEphemerals(
            @Parameters(paramLabel = PATH, arity = "0..1", defaultValue = "/", description = "Only those below it.")
                    String path)
            throws InterruptedException {
        List<String> paths =
                link.pando().getEphemerals(path).now().stream().sorted().toList();
        printer.show(lines(paths), paths);
    }

    @Command(name = "getAllChildrenNumber", description = "Counts the znodes below one.")
    void getAllChildrenNumber(@Parameters(paramLabel = PATH) String path) throws InterruptedException {
        int count = link.pando().countDescendants(path).now();
        printer.show(String.valueOf(count), count);
    }

    @Command(name = "whoami", description = "Shows who this shell is to the server, one identity a line.")
    void whoami() throws InterruptedException {
        List<String> identities = link.pando().whoAmI().now().stream()
                .map(one -> one.authScheme() + ": " + one.user())
                .toList();
        printer.show(lines(identities), identities);
    }

    @Command(name = "sync", description = "Waits until the server has everything that is committed.")
    void sync(@Parameters(paramLabel = PATH, arity = "0..1", defaultValue = "/") String path)
            throws InterruptedException {
        link.pando().sync(path).now();
        printer.show("Synced.", path);
    }

    static String lines(List<String> lines) {
        return String.join(System.lineSeparator(), lines);
    }
}
