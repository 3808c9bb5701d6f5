package io.pando.client.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;

/**
 * All commands of the shell, by name. What picocli has to know of a command it learns by reflection, which takes longer than to carry
 * it out; so a group's commands are learnt when one of them is asked for.
 */
final class CommandTable {
    private final Map<String, LazyGroup> groupOf = new LinkedHashMap<>();

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
            LazyGroup lazy = new LazyGroup(() -> new CommandLine(group)
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
                    }));
            namesIn(group).forEach(name -> groupOf.put(name, lazy));
        }
    }

    private static Stream<String> namesIn(CommandGroup group) {
        return CommandLine.getCommandMethods(group.getClass(), null).stream()
                .map(method -> method.getAnnotation(Command.class))
                .flatMap(command -> Stream.concat(Stream.of(command.name()), Stream.of(command.aliases())));
    }

    /** For one thread at a time: whoever reads and completes lines waits for the command that runs. */
    private static final class LazyGroup {
        private final Supplier<CommandLine> make;
        private @Nullable CommandLine made;

        LazyGroup(Supplier<CommandLine> make) {
            this.make = make;
        }

        CommandLine line() {
            if (made == null) {
                made = make.get();
            }
            return made;
        }
    }

    /** The command of a name or another name of it; null if there is none. */
    @Nullable
    CommandLine find(String name) {
        LazyGroup group = groupOf.get(name);
        return group == null ? null : group.line().getSubcommands().get(name);
    }

    /** Runs a command that there is, and returns its exit code. */
    int run(List<String> words) {
        LazyGroup group = groupOf.get(words.get(0));
        if (group == null) {
            throw new MistakeException("\"" + words.get(0) + "\" is not a command; \"help\" lists them.");
        }
        return group.line().execute(words.toArray(String[]::new));
    }

    /** What each command is for, by name; those with several names under the first. */
    Map<String, String> descriptions() {
        Map<String, String> descriptions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : groupOf.keySet()) {
            CommandLine command = find(name);
            if (command != null && command.getCommandName().equals(name)) {
                descriptions.put(name, command.getCommandSpec().usageMessage().description()[0]);
            }
        }
        return descriptions;
    }

    /** All names, the other ones too. */
    Iterable<String> names() {
        return groupOf.keySet();
    }
}
