package io.pando.client.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;

/** What commands there are, and what one of them takes. */
@Command
final class HelpCommands extends CommandGroup {
    private final Printer printer;
    private final Supplier<CommandTable> table;

    HelpCommands(Printer printer, Supplier<CommandTable> table) {
        this.printer = printer;
        this.table = table;
    }

    @Command(name = "help", description = "Lists the commands, or tells more about one.")
    void help(@Parameters(paramLabel = "COMMAND", arity = "0..1") Optional<String> name) {
        if (name.isEmpty()) {
            Map<String, String> descriptions = table.get().descriptions();
            List<String> lines = new ArrayList<>();
            descriptions.forEach((command, text) -> lines.add(String.format("  %-22s%s", command, text)));
            lines.add("\"help COMMAND\" tells more about one; every command takes --json and --yes.");
            printer.show(ReadCommands.lines(lines), descriptions);
            return;
        }
        CommandLine command = table.get().find(name.get());
        if (command == null) {
            throw new MistakeException("\"" + name.get() + "\" is not a command; \"help\" lists them.");
        }
        String usage = command.getUsageMessage(Ansi.OFF).strip();
        printer.show(usage, usage);
    }
}
