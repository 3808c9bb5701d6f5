package io.pando.client.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;

/** All commands of the shell, by name. */
final class CommandTable {
    private final Map<String, CommandLine> groupOf = new LinkedHashMap<>();

    /**
     * The commands of some groups.
     *
     * @param always what holds for every run, whatever is said with the command
     */
    CommandTable(
            List<CommandGroup> groups,
            CommandGroup.Wishes always,
            Printer printer,
            Consent consent,
            IParameterExceptionHandler onMistake,
            IExecutionExceptionHandler onFailure) {
        for (CommandGroup group : groups) {
            CommandLine line = new CommandLine(group)
                    .setCommandName("")
                    .setOut(printer.out())
                    .setErr(printer.err())
                    .setParameterExceptionHandler(onMistake)
                    .setExecutionExceptionHandler(onFailure)
                    .setExecutionStrategy(parsed -> {
                        CommandGroup.Wishes wishes = group.wishes().or(always);
                        printer.json(wishes.json());
                        consent.given(wishes.yes());
                        return new CommandLine.RunLast().execute(parsed);
                    });
            line.getSubcommands().keySet().forEach(name -> groupOf.put(name, line));
        }
    }

    /** The command of a name or another name of it; null if there is none. */
    @Nullable
    CommandLine find(String name) {
        CommandLine group = groupOf.get(name);
        return group == null ? null : group.getSubcommands().get(name);
    }

    /** Runs a command that there is, and returns its exit code. */
    int run(List<String> words) {
        CommandLine group = groupOf.get(words.get(0));
        if (group == null) {
            throw new MistakeException("\"" + words.get(0) + "\" is not a command; \"help\" lists them.");
        }
        return group.execute(words.toArray(String[]::new));
    }

    /** What each command is for, by name; those with several names under the first. */
    Map<String, String> descriptions() {
        Map<String, String> descriptions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        groupOf.forEach((name, group) -> {
            CommandLine command = group.getSubcommands().get(name);
            if (command != null && command.getCommandName().equals(name)) {
                descriptions.put(name, command.getCommandSpec().usageMessage().description()[0]);
            }
        });
        return descriptions;
    }

    /** All names, the other ones too. */
    Iterable<String> names() {
        return groupOf.keySet();
    }
}
