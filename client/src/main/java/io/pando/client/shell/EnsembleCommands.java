package io.pando.client.shell;

import io.pando.client.call.DataAndStat;
import io.pando.client.call.Reconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looking at the servers, and changing which there are. */
@Command
final class EnsembleCommands extends CommandGroup {
    private final Link link;
    private final Printer printer;
    private final Consent consent;
    private final WatchBook watches;

    EnsembleCommands(Link link, Printer printer, Consent consent, WatchBook watches) {
        this.link = link;
        this.printer = printer;
        this.consent = consent;
        this.watches = watches;
    }

    @Command(name = "config", description = "Shows which servers make up the ensemble.")
    void config(
            @Option(names = "-s", description = "Also shows the stat.") boolean withStat,
            @Option(names = "-w", description = "Sets a watch on it.") boolean watch,
            @Option(names = "-c", description = "Only where clients connect, and the version.") boolean clients)
            throws InterruptedException {
        DataAndStat config = link.pando().getConfig().now();
        if (watch) {
            var watched = link.pando().exists("/zookeeper/config").watched().now();
            watches.add("/zookeeper/config", WatchBook.Kind.DATA, watched.event());
        }
        String text = clients ? connectStrings(config.text()) : config.text();
        printer.show(
                text + (withStat ? System.lineSeparator() + StatText.of(config.stat(), ZoneId.systemDefault()) : ""),
                text.lines().toList());
    }

    /** As {@code version host:port,host:port}. */
    private static String connectStrings(String config) {
        String version = "";
        List<String> clients = new ArrayList<>();
        for (String line : config.lines().toList()) {
            String value = line.substring(line.indexOf('=') + 1);
            if (line.startsWith("version=")) {
                version = value;
            } else if (line.startsWith("server.") && value.contains(";")) {
                String client = value.substring(value.indexOf(';') + 1);
                clients.add(client.contains(":") ? client : value.substring(0, value.indexOf(':')) + ":" + client);
            }
        }
        return version + " " + String.join(",", clients);
    }

    @Command(name = "reconfig", description = "Changes which servers make up the ensemble.")
    void reconfig(
            @Option(names = "-s", description = "Also shows the stat of the new configuration.") boolean withStat,
            @Option(names = "-v", paramLabel = "VERSION", description = "Only if this is its version, in hexadecimal.")
                    Optional<String> version,
            @Option(names = "-file", paramLabel = "FILE", description = "All members anew, from server.N lines.")
                    Optional<Path> file,
            @Option(names = "-members", paramLabel = "SERVERS", description = "All members anew, comma-separated.")
                    Optional<String> members,
            @Option(names = "-add", paramLabel = "SERVERS", description = "Members that join or change.")
                    List<String> joining,
            @Option(names = "-remove", paramLabel = "IDS", description = "Ids of members that leave.")
                    List<String> leaving)
            throws InterruptedException {
        Reconfig request = link.pando().reconfig();
        List<String> whole = file.map(EnsembleCommands::serverLines).orElseGet(() -> split(members));
        List<String> added = splitAll(joining);
        List<String> removed = splitAll(leaving);
        if (whole.isEmpty() == (added.isEmpty() && removed.isEmpty())) {
            throw new MistakeException("Say either -members or -file, or else -add, -remove or both.");
        }
        if (!whole.isEmpty()) {
            request.members(whole);
        }
        if (!added.isEmpty()) {
            request.joining(added);
        }
        if (!removed.isEmpty()) {
            request.leaving(removed.stream().map(EnsembleCommands::id).toList());
        }
        version.ifPresent(text -> request.ifConfig(Long.parseUnsignedLong(text, 16)));
        consent.require("This changes who belongs to the ensemble.");
        DataAndStat config = request.now();
        printer.show(
                "Committed new configuration:" + System.lineSeparator() + config.text()
                        + (withStat ? System.lineSeparator() + StatText.of(config.stat(), ZoneId.systemDefault()) : ""),
                config.text().lines().toList());
    }

    private static List<String> serverLines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> line.startsWith("server."))
                    .toList();
        } catch (IOException e) {
            throw new MistakeException("The file " + file + " can't be read: " + e + ".");
        }
    }

    private static List<String> split(Optional<String> text) {
        return text.map(list -> Arrays.asList(list.split(",", -1))).orElse(List.of());
    }

    /** picocli leaves a list out that was not given. */
    private static List<String> splitAll(@org.jspecify.annotations.Nullable List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream()
                        .flatMap(text -> Arrays.stream(text.split(",", -1)))
                        .toList();
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new MistakeException("\"" + text + "\" is no server's id; ids are numbers.");
        }
    }

    @Command(name = "top", description = "Shows the figures of all servers of the connect string, again and again.")
    void top(
            @Option(names = "-n", paramLabel = "TIMES", description = "How often. Default: until interrupted.")
                    Optional<Integer> times,
            @Option(
                            names = "-d",
                            paramLabel = "SECONDS",
                            defaultValue = "2",
                            description = "Default: ${DEFAULT-VALUE}.")
                    double everySeconds)
            throws InterruptedException {
        if (everySeconds < 0.1) {
            throw new MistakeException("-d takes 0.1 seconds or more.");
        }
        new Top(link, printer).run(times.orElse(Integer.MAX_VALUE), everySeconds);
    }

    @Command(
            name = "word",
            description = "Asks each server of the connect string one of the four-letter words, such as srvr or mntr.")
    void word(@Parameters(paramLabel = "WORD") String word) {
        if (word.length() != 4) {
            throw new MistakeException(
                    "A four-letter word has four letters, and " + word + " has " + word.length() + ".");
        }
        for (var server : link.servers().servers()) {
            String answer = link.ask(server, word);
            printer.show(
                    link.servers().servers().size() == 1 ? answer : server + System.lineSeparator() + answer,
                    java.util.Map.of("server", server.toString(), "answer", answer));
        }
    }
}
