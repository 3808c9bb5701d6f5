package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.call.DataAndStat;
import io.pando.datatree.Owner;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looking at whole subtrees. */
@Command
final class TreeCommands extends CommandGroup {
    private static final int LONGEST_LINE = 60;

    private final Link link;
    private final Printer printer;

    TreeCommands(Link link, Printer printer) {
        this.link = link;
        this.printer = printer;
    }

    @Command(name = "tree", description = "Draws a znode and what is below it, with the beginning of the data.")
    void tree(
            @Option(names = "-d", paramLabel = "LEVELS", description = "How deep to look. Default: all the way.")
                    Optional<Integer> depth,
            @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "/", description = "Default: the root.")
                    String top)
            throws InterruptedException {
        Pando pando = link.pando();
        List<String> paths = Subtree.paths(pando, top, depth.orElse(Integer.MAX_VALUE));
        List<String> found = new ArrayList<>();
        Map<String, DataAndStat> znodes = new LinkedHashMap<>();
        Subtree.each(paths, path -> pando.getData(path).async(), (path, znode) -> {
            found.add(path);
            znodes.put(path, znode);
        });
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> json = new ArrayList<>();
        for (TreeDrawing.Line line : TreeDrawing.of(found)) {
            DataAndStat znode = Objects.requireNonNull(znodes.get(line.path()));
            String name = line.depth() == 0 ? line.path() : ZnodePath.nameOf(line.path());
            lines.add(line.branches() + printer.coloured(Colour.BLUE, name) + describe(znode));
            json.add(json(line.path(), znode.stat()));
        }
        printer.show(ReadCommands.lines(lines), json);
    }

    private String describe(DataAndStat znode) {
        String owner = StatText.ownerOf(znode.stat());
        String text = znode.data().length == 0
                ? ""
                : Text.textIn(znode.data())
                        .map(TreeCommands::firstLine)
                        .orElseGet(() -> "(" + znode.data().length + " bytes)");
        return (text.isEmpty() ? "" : "  " + text)
                + (owner.isEmpty() ? "" : printer.coloured(Colour.GREY, "  [" + owner + "]"));
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        boolean cut = line.length() > LONGEST_LINE || line.length() < text.length();
        return line.substring(0, Math.min(line.length(), LONGEST_LINE)) + (cut ? "…" : "");
    }

    private static Map<String, Object> json(String path, Stat stat) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", path);
        json.put("stat", StatText.json(stat));
        return json;
    }

    @Command(name = "find", description = "Finds znodes below one by what they are; all conditions have to hold.")
    void find(
            @Option(
                            names = {"-n", "--name"},
                            paramLabel = "GLOB",
                            description = "Its name, such as 'lock-*'.")
                    Optional<String> glob,
            @Option(names = "--ephemeral", description = "It is ephemeral.") boolean ephemeral,
            @Option(names = "--owner", paramLabel = "SESSION", description = "It is an ephemeral of this session, 0x…")
                    Optional<String> owner,
            @Option(names = "--leaf", description = "It has no children.") boolean leaf,
            @Option(names = "--larger", paramLabel = "BYTES", description = "It has more data than this.")
                    Optional<Integer> largerThan,
            @Option(names = "--children", paramLabel = "COUNT", description = "It has at least so many children.")
                    Optional<Integer> children,
            @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "/") String top)
            throws InterruptedException {
        Predicate<Stat> stats = stat -> (!ephemeral || Owner.isEphemeral(stat.ephemeralOwner()))
                && (owner.isEmpty() || stat.ephemeralOwner() == number(owner.get()))
                && (!leaf || stat.numChildren() == 0)
                && (largerThan.isEmpty() || stat.dataLength() > largerThan.get())
                && (children.isEmpty() || stat.numChildren() >= children.get());
        Predicate<String> names = glob.map(TreeCommands::matching).orElse(name -> true);
        Pando pando = link.pando();
        List<String> named = Subtree.paths(pando, top).stream()
                .filter(path -> names.test(ZnodePath.nameOf(path)))
                .toList();
        List<String> found = new ArrayList<>();
        Subtree.each(
                named,
                path -> pando.exists(path).async(),
                (path, stat) -> stat.filter(stats).ifPresent(fits -> found.add(path)));
        printer.show(ReadCommands.lines(found), found);
    }

    private static long number(String session) {
        try {
            return Long.parseUnsignedLong(session.replaceFirst("^0x", ""), 16);
        } catch (NumberFormatException e) {
            throw new MistakeException("\"" + session + "\" is no session; one looks like 0x100000000000001.");
        }
    }

    private static Predicate<String> matching(String glob) {
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return name -> matcher.matches(Path.of(name));
        } catch (PatternSyntaxException e) {
            throw new MistakeException("\"" + glob + "\" is no pattern: " + e.getDescription() + ".");
        }
    }

    @Command(name = "grep", description = "Shows the lines of data below a znode that match a regular expression.")
    void grep(
            @Option(names = "-i", description = "Upper case or lower case does not matter.") boolean ignoreCase,
            @Option(names = "-l", description = "Only lists the znodes.") boolean onlyPaths,
            @Parameters(paramLabel = "PATTERN") String text,
            @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "/") String top)
            throws InterruptedException {
        Pattern pattern = pattern(text, ignoreCase);
        Pando pando = link.pando();
        List<String> lines = new ArrayList<>();
        List<Object> json = new ArrayList<>();
        Subtree.each(Subtree.paths(pando, top), path -> pando.getData(path).async(), (path, znode) -> {
            List<String> matches = Text.textIn(znode.data()).stream()
                    .flatMap(String::lines)
                    .filter(line -> pattern.matcher(line).find())
                    .toList();
            if (onlyPaths && !matches.isEmpty()) {
                lines.add(path);
                json.add(path);
            } else {
                for (String match : matches) {
                    lines.add(printer.coloured(Colour.BLUE, path) + ": " + match);
                    json.add(Map.of("path", path, "line", match));
                }
            }
        });
        printer.show(ReadCommands.lines(lines), json);
        if (lines.isEmpty()) {
            throw new NothingFoundException();
        }
    }

    private static Pattern pattern(String text, boolean ignoreCase) {
        try {
            return Pattern.compile(text, ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        } catch (PatternSyntaxException e) {
            throw new MistakeException("\"" + text + "\" is no pattern: " + e.getDescription() + ".");
        }
    }
}
