package io.pando.client.shell;

import io.pando.client.watch.Handle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Watches that stay, and all watches' end. Those that fire once are set by {@code get}, {@code ls} and {@code stat} with -w. */
@Command
final class WatchCommands extends CommandGroup {
    private final Link link;
    private final Printer printer;
    private final WatchBook watches;

    WatchCommands(Link link, Printer printer, WatchBook watches) {
        this.link = link;
        this.printer = printer;
        this.watches = watches;
    }

    @Command(
            name = "addWatch",
            description = "Watches a znode for as long as this shell lives; events are shown as they come.")
    void addWatch(
            @Option(
                            names = "-m",
                            paramLabel = "MODE",
                            defaultValue = "PERSISTENT_RECURSIVE",
                            description = "PERSISTENT for the znode and its children's names, PERSISTENT_RECURSIVE (the"
                                    + " default) for the znode and all below it.")
                    String mode,
            @Parameters(paramLabel = "PATH") String path)
            throws InterruptedException {
        Handle handle;
        WatchBook.Kind kind;
        switch (mode.toUpperCase(Locale.ROOT)) {
            case "PERSISTENT" -> {
                handle = link.pando().watch(path, watches.listener()).now();
                kind = WatchBook.Kind.PERSISTENT;
            }
            case "PERSISTENT_RECURSIVE" -> {
                handle = link.pando().watchRecursively(path, watches.listener()).now();
                kind = WatchBook.Kind.RECURSIVE;
            }
            default -> throw new MistakeException("-m takes PERSISTENT or PERSISTENT_RECURSIVE, not " + mode + ".");
        }
        watches.add(path, kind, handle::close);
        printer.show("", path);
    }

    @Command(name = "removewatches", description = "Removes the watches of this shell on a znode.")
    void removewatches(
            @Option(names = "-c", description = "Those on its children.") boolean children,
            @Option(names = "-d", description = "Those on its data.") boolean data,
            @Option(names = "-p", description = "Persistent ones.") boolean persistent,
            @Option(names = "-r", description = "Recursive ones.") boolean recursive,
            @Option(names = "-a", description = "All of them; the default.") boolean all,
            @Option(names = "-l", description = "Also when there is no connection; always so here.") boolean local,
            @Parameters(paramLabel = "PATH") String path) {
        List<WatchBook.Kind> kinds = new ArrayList<>();
        if (children) {
            kinds.add(WatchBook.Kind.CHILDREN);
        }
        if (data) {
            kinds.add(WatchBook.Kind.DATA);
        }
        if (persistent) {
            kinds.add(WatchBook.Kind.PERSISTENT);
        }
        if (recursive) {
            kinds.add(WatchBook.Kind.RECURSIVE);
        }
        int removed = watches.remove(path, all || kinds.isEmpty() ? List.of(WatchBook.Kind.values()) : kinds);
        if (removed == 0) {
            throw new MistakeException("This shell has no such watch on " + path + ".");
        }
        printer.show("Removed " + removed + (removed == 1 ? " watch." : " watches."), removed);
    }

    @Command(name = "printwatches", description = "Says whether events are shown, or switches that on or off.")
    void printwatches(@Parameters(paramLabel = "on|off", arity = "0..1") Optional<String> wanted) {
        wanted.ifPresent(text -> {
            if (!text.equals("on") && !text.equals("off")) {
                throw new MistakeException("printwatches takes on or off, not " + text + ".");
            }
            watches.print(text.equals("on"));
        });
        printer.show("printwatches is " + (watches.isPrinting() ? "on" : "off"), watches.isPrinting());
    }
}
