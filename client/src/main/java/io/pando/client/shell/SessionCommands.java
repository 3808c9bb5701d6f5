package io.pando.client.shell;

import io.pando.client.ServerList;
import io.pando.client.connection.Session;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The shell's own business: where it is connected, what was typed, and the end. */
@Command
final class SessionCommands extends CommandGroup {
    private final Link link;
    private final Printer printer;
    private final WatchBook watches;
    private final Past past;

    SessionCommands(Link link, Printer printer, WatchBook watches, Past past) {
        this.link = link;
        this.printer = printer;
        this.watches = watches;
        this.past = past;
    }

    @Command(name = "connect", description = "Goes on with another server, or the same one, under a new session.")
    void connect(
            @Parameters(paramLabel = "HOST:PORT[,HOST:PORT...][/CHROOT]", arity = "0..1", defaultValue = "")
                    String servers)
            throws InterruptedException {
        watches.clear();
        link.moveTo(servers.isEmpty() ? link.servers() : parse(servers));
        link.pando();
        printer.show(introduction(), link.servers().toString());
    }

    private static ServerList parse(String servers) {
        try {
            return ServerList.parse(servers);
        } catch (IllegalArgumentException wrong) {
            throw new MistakeException(String.valueOf(wrong.getMessage()));
        }
    }

    /** Says with whom the shell talks, as whom. */
    String introduction() throws InterruptedException {
        Session session = link.pando().session().orElseThrow(() -> new MistakeException("There is no session."));
        return "Connected to " + link.servers() + ", session " + session + ", timeout "
                + session.timeout().toMillis() + " ms";
    }

    @Command(name = "close", description = "Ends the session, not the shell; the next command begins another.")
    void close() {
        watches.clear();
        link.close();
        printer.show("Closed.", true);
    }

    @Command(name = "history", description = "Lists what was typed, with numbers for redo.")
    void history() {
        List<String> lines = past.lines();
        List<String> numbered = IntStream.range(0, lines.size())
                .mapToObj(at -> at + " - " + lines.get(at))
                .toList();
        printer.show(ReadCommands.lines(numbered), lines);
    }

    @Command(name = "redo", description = "Runs again what history lists under a number.")
    void redo(@Parameters(paramLabel = "NUMBER") int number) {
        past.again(number);
    }

    @Command(name = "version", description = "Shows which version this is.")
    void version() {
        String version = SessionCommands.class.getPackage().getImplementationVersion();
        printer.show("Pando " + (version == null ? "(not packaged)" : version), version);
    }

    @Command(
            name = "quit",
            aliases = {"exit"},
            description = "Ends the session and the shell.")
    void quit() {
        past.end();
    }
}
