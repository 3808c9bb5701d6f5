package io.pando.server.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.Model.CommandSpec;

/** Files that can't be looked at, as a sentence and an exit code. */
final class Failures {
    private Failures() {}

    static int complain(CommandSpec command, IOException failed) {
        return failed instanceof NoSuchFileException missing
                ? complain(command, missing.getFile() + " does not exist.", ExitCode.CONFIGURATION)
                : complain(command, String.valueOf(failed.getMessage()), ExitCode.STORAGE_DAMAGED);
    }

    static int complain(CommandSpec command, String sentence, ExitCode code) {
        command.commandLine().getErr().println(sentence);
        command.commandLine().getErr().flush();
        return code.number();
    }
}
