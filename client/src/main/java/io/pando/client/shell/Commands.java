package io.pando.client.shell;

import io.pando.client.DisconnectedException;
import io.pando.client.RequestFailedException;
import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be typed into the shell: one method per command, with ZooKeeper's names and options. */
@Command(
        name = "",
        description = "Commands of the shell:",
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class Commands {
    private static final int ANY_VERSION = -1;
    private static final List<@Nullable Acl> OPEN = List.of(new Acl(Perms.ALL, Id.ANYONE));

    private final Connector server;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    Commands(Connector server) {
        this.server = server;
    }

    @Command(name = "ls", description = "Lists the children of a znode, by name.")
    void ls(
            @Option(names = "-s", description = "Also shows the stat of the znode.") boolean withStat,
            @Option(names = "-R", description = "Lists the znode and everything below it.") boolean recursive,
            @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "/", description = "Default: the root.")
                    String path)
            throws RequestFailedException, DisconnectedException {
        if (recursive) {
            listRecursively(path);
        } else {
            var reply = server.ask(path, at -> new ReadRequest.GetChildren2(at, false), Reply.NamesAndStat.class);
            reply.names().stream().sorted().forEach(out()::println);
            printIf(withStat, reply.stat());
        }
    }

    @Command(name = "get", description = "Shows the data of a znode; in hexadecimal if it is no text.")
    void get(
            @Option(names = "-s", description = "Also shows the stat.") boolean withStat,
            @Parameters(paramLabel = "PATH") String path)
            throws RequestFailedException, DisconnectedException {
        var reply = server.ask(path, at -> new ReadRequest.GetData(at, false), Reply.DataAndStat.class);
        out().println(Text.of(reply.data()));
        printIf(withStat, reply.stat());
    }

    @Command(name = "create", description = "Creates a znode that everybody may read and change.")
    void create(
            @Option(names = "-e", description = "Ephemeral: it goes when this shell does.") boolean ephemeral,
            @Option(names = "-s", description = "Sequential: a number is put behind its name.") boolean sequential,
            @Option(names = "-c", description = "Container: it goes after its last child did.") boolean container,
            @Option(names = "-t", paramLabel = "MS", description = "Goes when so long unchanged and without children.")
                    Optional<Long> ttlMs,
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "DATA", arity = "0..1", defaultValue = "") String data)
            throws RequestFailedException, DisconnectedException {
        var mode = mode(ephemeral, sequential, container, ttlMs.isPresent());
        var op = mode.isTtl() ? OpCode.CREATE_TTL : mode.isContainer() ? OpCode.CREATE_CONTAINER : OpCode.CREATE2;
        var bytes = data.getBytes(StandardCharsets.UTF_8);
        var ttl = ttlMs.orElse(WriteRequest.Create.NO_TTL);
        var reply = server.askNew(
                path,
                mode.isSequential(),
                at -> new WriteRequest.Create(op, at, bytes, OPEN, mode.flag(), ttl),
                Reply.PathAndStat.class);
        out().println("Created " + server.withoutChroot(reply.path()));
    }

    @Command(name = "set", description = "Gives a znode other data.")
    void set(
            @Option(names = "-s", description = "Also shows the stat.") boolean withStat,
            @Option(names = "-v", paramLabel = "VERSION", description = "Only if this is its version.")
                    Optional<Integer> version,
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "DATA") String data)
            throws RequestFailedException, DisconnectedException {
        var bytes = data.getBytes(StandardCharsets.UTF_8);
        var reply = server.ask(
                path, at -> new WriteRequest.SetData(at, bytes, version.orElse(ANY_VERSION)), Reply.OnlyStat.class);
        printIf(withStat, reply.stat());
    }

    @Command(name = "delete", description = "Deletes a znode that has no children.")
    void delete(
            @Option(names = "-v", paramLabel = "VERSION", description = "Only if this is its version.")
                    Optional<Integer> version,
            @Parameters(paramLabel = "PATH") String path)
            throws RequestFailedException, DisconnectedException {
        server.ask(path, at -> new WriteRequest.Delete(at, version.orElse(ANY_VERSION)), Reply.Nothing.class);
    }

    @Command(name = "stat", description = "Shows the stat of a znode.")
    void stat(@Parameters(paramLabel = "PATH") String path) throws RequestFailedException, DisconnectedException {
        printIf(
                true,
                server.ask(path, at -> new ReadRequest.Exists(at, false), Reply.OnlyStat.class)
                        .stat());
    }

    @Command(
            name = "quit",
            aliases = {"exit", "close"},
            description = "Ends the session and the shell.")
    void quit() {
        server.quit();
    }

    /** Parents before their children, children by name. What goes away meanwhile is passed over. */
    private void listRecursively(String top) throws RequestFailedException, DisconnectedException {
        var waiting = new ArrayDeque<String>(List.of(top));
        while (!waiting.isEmpty()) {
            var path = waiting.pop();
            try {
                var names = server.ask(path, at -> new ReadRequest.GetChildren(at, false), Reply.Names.class)
                        .names();
                out().println(path);
                names.stream()
                        .sorted((one, other) -> other.compareTo(one))
                        .forEach(name -> waiting.push(ZnodePath.childOf(path, name)));
            } catch (RequestFailedException failed) {
                if (failed.code() != ErrorCode.NO_NODE || path.equals(top)) {
                    throw failed;
                }
            }
        }
    }

    private CreateMode mode(boolean ephemeral, boolean sequential, boolean container, boolean ttl) {
        var mode = modeOf(ephemeral, sequential, container, ttl);
        if (mode == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A znode is one of -e, -c and -t; -s goes with none of them, with -e or with -t.");
        }
        return mode;
    }

    static @Nullable CreateMode modeOf(boolean ephemeral, boolean sequential, boolean container, boolean ttl) {
        if (container) {
            return ephemeral || sequential || ttl ? null : CreateMode.CONTAINER;
        }
        if (ttl) {
            return ephemeral
                    ? null
                    : sequential ? CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL : CreateMode.PERSISTENT_WITH_TTL;
        }
        if (ephemeral) {
            return sequential ? CreateMode.EPHEMERAL_SEQUENTIAL : CreateMode.EPHEMERAL;
        }
        return sequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
    }

    private void printIf(boolean wanted, Stat stat) {
        if (wanted) {
            out().println(Text.of(stat, ZoneId.systemDefault()));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
