package io.pando.client.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pando.client.Pando;
import io.pando.client.call.DataAndStat;
import io.pando.client.error.NodeExistsException;
import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Owner;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Subtrees as JSON files. A znode is an object: its data under {@code data} if it is text or else under {@code base64}, its
 * {@code children} by name, and where they are not the usual ones its {@code acl} and its {@code kind}: {@code ephemeral}, or, for import
 * alone, {@code container} or {@code ttl} with {@code ttlMs}. Servers do not tell which znodes are of these two kinds, so that export
 * takes them for persistent ones.
 */
@Command
final class TransferCommands extends CommandGroup {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHILDREN = "children";
    private static final String KIND = "kind";
    private static final String EPHEMERAL = "ephemeral";
    private static final String CONTAINER = "container";
    private static final String TTL = "ttl";
    private static final String TTL_MS = "ttlMs";

    private final Link link;
    private final Printer printer;
    private final Consent consent;

    TransferCommands(Link link, Printer printer, Consent consent) {
        this.link = link;
        this.printer = printer;
        this.consent = consent;
    }

    @Command(
            name = "export",
            description = {
                "Writes a znode and everything below it as JSON, to a file or the screen.",
                "The znodes are read one after another: stop the writers for an exact copy, or take a snapshot.",
                "Servers do not tell containers and znodes with a TTL from persistent ones; write their kind into the"
                        + " file."
            })
    void export(
            @Option(names = "--ephemerals", description = "Ephemeral znodes too; import passes them over.")
                    boolean ephemerals,
            @Parameters(paramLabel = "PATH") String top,
            @Parameters(paramLabel = "FILE", arity = "0..1") Optional<Path> file)
            throws InterruptedException {
        Pando pando = link.pando();
        Map<String, Map<String, @Nullable Object>> exported = new HashMap<>();
        List<String> paths = Subtree.paths(pando, top).stream()
                .filter(path -> !isSystem(path) || isSystem(top))
                .toList();
        Subtree.each(paths, path -> pando.getData(path).async(), (path, znode) -> {
            if (ephemerals
                    || path.equals(top)
                    || !Owner.isEphemeral(znode.stat().ephemeralOwner())) {
                put(exported, top, path, json(znode));
            }
        });
        Subtree.each(List.copyOf(exported.keySet()), path -> pando.getAcl(path).async(), (path, found) -> {
            if (!found.acl().equals(Acl.OPEN)) {
                exported.getOrDefault(path, new LinkedHashMap<>())
                        .put("acl", found.acl().stream().map(AclText::of).toList());
            }
        });
        Object tree = exported.get(top);
        if (file.isEmpty()) {
            printer.show(pretty(tree), tree);
            return;
        }
        try {
            Files.writeString(file.get(), pretty(tree) + System.lineSeparator());
        } catch (IOException e) {
            throw new MistakeException("The file " + file.get() + " can't be written: " + e + ".");
        }
        printer.show(
                "Wrote " + exported.size() + (exported.size() == 1 ? " znode to " : " znodes to ") + file.get(),
                Map.of("znodes", exported.size(), "file", file.get().toString()));
    }

    /** The tree's own bookkeeping, which nobody could create elsewhere. */
    private static boolean isSystem(String path) {
        return ZnodePath.isAtOrBelow(path, "/zookeeper");
    }

    private static void put(
            Map<String, Map<String, @Nullable Object>> exported,
            String top,
            String path,
            Map<String, @Nullable Object> znode) {
        Map<String, @Nullable Object> parent = path.equals(top) ? null : exported.get(ZnodePath.parentOf(path));
        if (parent != null) {
            @SuppressWarnings("unchecked") // only ever made here
            Map<String, Object> children =
                    (Map<String, Object>) parent.computeIfAbsent(CHILDREN, none -> new LinkedHashMap<String, Object>());
            if (children != null) {
                children.put(ZnodePath.nameOf(path), znode);
            }
        } else if (!path.equals(top)) {
            return; // it came while its parent was away
        }
        exported.put(path, znode);
    }

    private static Map<String, @Nullable Object> json(DataAndStat znode) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Znode.putData(json, znode.isNull() ? null : znode.data());
        Stat stat = znode.stat();
        if (Owner.isEphemeral(stat.ephemeralOwner())) {
            json.put(KIND, EPHEMERAL);
        }
        return json;
    }

    private static String pretty(@Nullable Object tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("No JSON can be made of a subtree", e);
        }
    }

    /** One znode of a file. */
    record Planned(String path, JsonNode json) {}

    @Command(
            name = "import",
            description = {
                "Creates what export wrote, at a path and below it; ephemeral znodes are passed over.",
                "What is there already stops it, unless it may be overwritten. It is no transaction."
            })
    void importTree(
            @Option(names = "--overwrite", description = "Gives znodes that exist the data of the file.")
                    boolean overwrite,
            @Parameters(paramLabel = "PATH") String top,
            @Parameters(paramLabel = "FILE") Path file)
            throws InterruptedException {
        List<Planned> plan = plan(top, file);
        List<Planned> wanted = plan.stream()
                .filter(one -> !one.json().path(KIND).asText().equals(EPHEMERAL))
                .toList();
        Pando pando = link.pando();
        if (overwrite) {
            consent.require("This overwrites what exists of " + wanted.size() + " znodes.");
        }
        int created = 0;
        int changed = 0;
        for (Planned one : wanted) {
            if (create(pando, one, overwrite)) {
                created++;
            } else {
                changed++;
            }
        }
        int skipped = plan.size() - wanted.size();
        printer.show(
                "Created " + created + ", changed " + changed + ", passed over " + skipped + " ephemeral.",
                Map.of("created", created, "changed", changed, "passedOver", skipped));
    }

    /**
     * What is to be created, parents first. Everything is looked at before anything is created.
     *
     * @throws MistakeException if the file can't be read, or something in it makes no sense
     */
    static List<Planned> plan(String top, Path file) {
        List<Planned> plan = new ArrayList<>();
        plan(top, read(file), plan);
        return plan;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new MistakeException("The file " + file + " is no JSON: " + e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw new MistakeException("The file " + file + " can't be read: " + e + ".");
        }
    }

    private static void plan(String path, JsonNode json, List<Planned> plan) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new MistakeException(path + ": " + problem + ".");
        }
        if (!json.isObject()) {
            throw new MistakeException("The file has no object for " + path + "; see what export writes.");
        }
        dataOf(path, json);
        aclOf(json);
        requireKind(path, json);
        plan.add(new Planned(path, json));
        json.path(CHILDREN)
                .properties()
                .forEach(child -> plan(ZnodePath.childOf(path, child.getKey()), child.getValue(), plan));
    }

    private static void requireKind(String path, JsonNode json) {
        String kind = json.path(KIND).asText();
        switch (kind) {
            case "", EPHEMERAL, CONTAINER -> {}
            case TTL -> {
                long ms = json.path(TTL_MS).asLong();
                if (ms < 1 || ms > Owner.MAX_TTL_MS) {
                    throw new MistakeException(
                            "The " + TTL_MS + " of " + path + " is not in 1.." + Owner.MAX_TTL_MS + ".");
                }
            }
            default ->
                throw new MistakeException("The " + KIND + " of " + path + " is " + kind + "; there are " + EPHEMERAL
                        + ", " + CONTAINER + " and " + TTL + ", or none.");
        }
    }

    /** Answers false if it existed, and has other data now. */
    private static boolean create(Pando pando, Planned one, boolean overwrite) throws InterruptedException {
        byte @Nullable [] data = dataOf(one.path(), one.json());
        if (one.path().equals(ZnodePath.ROOT)) {
            return setIf(overwrite || data == null || data.length == 0, pando, one.path(), data);
        }
        var request = pando.create(one.path());
        if (data == null) {
            request.nullData();
        } else {
            request.data(data);
        }
        List<Acl> acl = aclOf(one.json());
        if (!acl.isEmpty()) {
            request.acl(acl);
        }
        switch (one.json().path(KIND).asText()) {
            case CONTAINER -> request.mode(CreateMode.CONTAINER);
            case TTL ->
                request.mode(CreateMode.PERSISTENT_WITH_TTL)
                        .ttl(Duration.ofMillis(one.json().path(TTL_MS).asLong()));
            default -> request.mode(CreateMode.PERSISTENT);
        }
        try {
            request.now();
            return true;
        } catch (NodeExistsException there) {
            if (!overwrite) {
                throw there;
            }
            return setIf(true, pando, one.path(), data);
        }
    }

    private static boolean setIf(boolean wanted, Pando pando, String path, byte @Nullable [] data)
            throws InterruptedException {
        if (!wanted) {
            throw new NodeExistsException("create", path);
        }
        pando.setData(path, data).now();
        return false;
    }

    private static byte @Nullable [] dataOf(String path, JsonNode json) {
        if (json.has("base64")) {
            try {
                return Base64.getDecoder().decode(json.get("base64").asText());
            } catch (IllegalArgumentException e) {
                throw new MistakeException("The data of " + path + " is not in base64: " + e.getMessage() + ".");
            }
        }
        JsonNode text = json.path("data");
        return text.isNull() ? null : text.asText().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Acl> aclOf(JsonNode json) {
        List<Acl> acl = new ArrayList<>();
        json.path("acl").forEach(entry -> acl.addAll(AclText.parse(entry.asText())));
        return acl;
    }
}
