package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.call.Create;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Stat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changing znodes. */
@Command
final class WriteCommands extends CommandGroup {
    private static final String PATH = "PATH";
    private static final String VERSION = "VERSION";
    private static final String ONLY_IF_VERSION = "Only if this is its version.";

    private final Link link;
    private final Printer printer;
    private final Consent consent;

    WriteCommands(Link link, Printer printer, Consent consent) {
        this.link = link;
        this.printer = printer;
        this.consent = consent;
    }

    @Command(
            name = "create",
            description = "Creates a znode; everybody may read and change it, unless an ACL says otherwise.")
    void create(
            @Option(names = "-e", description = "Ephemeral: it goes when this shell's session does.") boolean ephemeral,
            @Option(names = "-s", description = "Sequential: a number is put behind its name.") boolean sequential,
            @Option(names = "-c", description = "Container: it goes after its last child did.") boolean container,
            @Option(names = "-t", paramLabel = "MS", description = "Goes when so long unchanged and without children.")
                    Optional<Long> ttlMs,
            @Option(names = "-p", description = "Also creates what is missing above it.") boolean parents,
            @Parameters(paramLabel = PATH) String path,
            @Parameters(paramLabel = "DATA", arity = "0..1", defaultValue = "") String data,
            @Parameters(paramLabel = "ACL", arity = "0..1", description = "Such as world:anyone:r,auth::cdrwa.")
                    Optional<String> acl)
            throws InterruptedException {
        Create create =
                link.pando().create(path).data(data).mode(mode(ephemeral, sequential, container, ttlMs.isPresent()));
        ttlMs.ifPresent(ms -> create.ttl(Duration.ofMillis(ms)));
        acl.ifPresent(text -> create.acl(AclText.parse(text)));
        if (parents) {
            create.makeParents();
        }
        String created = create.now().path();
        printer.show("Created " + created, created);
    }

    private static CreateMode mode(boolean ephemeral, boolean sequential, boolean container, boolean ttl) {
        CreateMode mode = modeOf(ephemeral, sequential, container, ttl);
        if (mode == null) {
            throw new MistakeException(
                    "A znode is one of -e, -c and -t or none of them, and only a container can't be -s.");
        }
        return mode;
    }

    /** Null for what contradicts itself. */
    static @Nullable CreateMode modeOf(boolean ephemeral, boolean sequential, boolean container, boolean ttl) {
        if ((ephemeral ? 1 : 0) + (container ? 1 : 0) + (ttl ? 1 : 0) > 1 || (container && sequential)) {
            return null;
        }
        if (container) {
            return CreateMode.CONTAINER;
        }
        if (ttl) {
            return sequential ? CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL : CreateMode.PERSISTENT_WITH_TTL;
        }
        if (ephemeral) {
            return sequential ? CreateMode.EPHEMERAL_SEQUENTIAL : CreateMode.EPHEMERAL;
        }
        return sequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
    }

    @Command(name = "set", description = "Gives a znode other data.")
    void set(
            @Option(names = "-s", description = "Shows the stat afterwards.") boolean withStat,
            @Option(names = "-b", description = "The data is given in base64.") boolean base64,
            @Option(names = "-v", paramLabel = VERSION, description = ONLY_IF_VERSION) Optional<Integer> version,
            @Parameters(paramLabel = PATH) String path,
            @Parameters(paramLabel = "DATA") String data)
            throws InterruptedException {
        var request = link.pando().setData(path, base64 ? decoded(data) : data.getBytes(StandardCharsets.UTF_8));
        version.ifPresent(request::version);
        Stat stat = request.now();
        printer.show(withStat ? StatText.of(stat, ZoneId.systemDefault()) : "", StatText.json(stat));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MistakeException("The data is not in base64: " + e.getMessage() + ".");
        }
    }

    @Command(name = "delete", description = "Deletes a znode that has no children.")
    void delete(
            @Option(names = "-v", paramLabel = VERSION, description = ONLY_IF_VERSION) Optional<Integer> version,
            @Parameters(paramLabel = PATH) String path)
            throws InterruptedException {
        var request = link.pando().delete(path);
        version.ifPresent(request::version);
        request.now();
        printer.show("", path);
    }

    @Command(
            name = "deleteall",
            aliases = "rmr",
            description = {
                "Deletes a znode and everything below it.",
                "That is no transaction: what others create there meanwhile may make it fail half-way."
            })
    void deleteall(
            @Option(
                            names = "-b",
                            paramLabel = "COUNT",
                            description = "Requests at a time. Default: ${DEFAULT-VALUE}",
                            defaultValue = "1000")
                    int batch,
            @Parameters(paramLabel = PATH) String path)
            throws InterruptedException {
        if (batch < 1) {
            throw new MistakeException("-b takes a number from 1.");
        }
        Pando pando = link.pando();
        List<String> paths = Subtree.paths(pando, path);
        consent.require("This deletes " + path + counted(paths.size() - 1, " and %d znodes below it") + ".");
        Collections.reverse(paths);
        Deque<CompletableFuture<Boolean>> asked = new ArrayDeque<>();
        for (String each : paths) {
            asked.add(pando.delete(each).quietly().async());
            if (asked.size() == batch) {
                Answer.of(asked.remove());
            }
        }
        while (!asked.isEmpty()) {
            Answer.of(asked.remove());
        }
        printer.show("Deleted " + paths.size() + (paths.size() == 1 ? " znode." : " znodes."), paths.size());
    }

    private static String counted(int count, String text) {
        return count == 0 ? "" : String.format(text, count);
    }

    @Command(
            name = "setAcl",
            description = "Says who may do what with a znode, such as setAcl /a world:anyone:r,auth::cdrwa")
    void setAcl(
            @Option(names = "-s", description = "Shows the stat afterwards.") boolean withStat,
            @Option(names = "-R", description = "Also of everything below it.") boolean recursive,
            @Option(names = "-v", paramLabel = VERSION, description = "Only if this is the version of its ACL.")
                    Optional<Integer> version,
            @Parameters(paramLabel = PATH) String path,
            @Parameters(paramLabel = "ACL") String text)
            throws InterruptedException {
        List<Acl> acl = AclText.parse(text);
        Pando pando = link.pando();
        if (recursive) {
            List<String> paths = Subtree.paths(pando, path);
            consent.require("This changes the ACLs of " + paths.size() + " znodes.");
            Subtree.each(paths, each -> pando.setAcl(each, acl).async(), (each, done) -> {});
            printer.show("", Map.of("changed", paths.size()));
            return;
        }
        var request = pando.setAcl(path, acl);
        version.ifPresent(request::version);
        Stat stat = request.now();
        printer.show(withStat ? StatText.of(stat, ZoneId.systemDefault()) : "", StatText.json(stat));
    }

    @Command(name = "addauth", description = "Introduces this shell to the server, such as: addauth digest me:secret")
    void addauth(
            @Parameters(paramLabel = "SCHEME") String scheme,
            @Parameters(paramLabel = "AUTH", arity = "0..1", defaultValue = "") String auth)
            throws InterruptedException {
        Answer.of(link.pando().addAuth(scheme, auth.getBytes(StandardCharsets.UTF_8)));
        printer.show("", scheme);
    }

    /** Whether the znode is there. */
    static boolean exists(Pando pando, String path) throws InterruptedException {
        try {
            return pando.exists(path).now().isPresent();
        } catch (NoNodeException none) {
            return false;
        }
    }
}
