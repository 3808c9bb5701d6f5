package io.pando.client.shell;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Commands that belong together, one method each; and the options that every command has. */
abstract class CommandGroup {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Prints the result as JSON, for programs.")
    private boolean json;

    @Option(names = "--yes", scope = ScopeType.INHERIT, description = "Does not ask, whatever it undoes.")
    private boolean yes;

    /** What holds for one run of a command. */
    record Wishes(boolean json, boolean yes) {
        Wishes or(Wishes others) {
            return new Wishes(json || others.json, yes || others.yes);
        }
    }

    /** As said with the command that was parsed last. */
    final Wishes wishes() {
        return new Wishes(json, yes);
    }
}
