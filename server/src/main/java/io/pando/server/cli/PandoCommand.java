package io.pando.server.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code pando}: what all commands have in common, and without one of them, how it is used. */
@Command(
        name = "pando",
        description = "A coordination service that ZooKeeper clients use.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n")
final class PandoCommand implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    private PandoCommand() {}

    /** The whole command line, with the environment that commands may read. */
    static CommandLine line(Map<String, String> environment) {
        var line = new CommandLine(new PandoCommand())
                .addSubcommand(new ServerCommand(environment))
                .addSubcommand(new EnsembleCommand())
                .addSubcommand(new ConfigCommand(environment))
                .addSubcommand(new LogCommand())
                .addSubcommand(new SnapshotCommand())
                .addSubcommand(new VersionCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(PandoCommand::explainUsage)
                .setExecutionExceptionHandler(PandoCommand::reportUnexpected);
        documentExitCodes(line);
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static void documentExitCodes(CommandLine line) {
        var meanings = new LinkedHashMap<String, String>();
        Arrays.stream(ExitCode.values()).forEach(code -> meanings.put(" " + code.number(), code.meaning()));
        line.getCommandSpec().usageMessage().exitCodeList(meanings);
    }

    private static int explainUsage(CommandLine.ParameterException wrong, String[] arguments) {
        var line = wrong.getCommandLine();
        line.getErr().println(wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr())) {
            line.getErr().println(line.getHelp().fullSynopsis().strip());
        }
        line.getErr().flush();
        return ExitCode.CONFIGURATION.number();
    }

    private static int reportUnexpected(Exception unexpected, CommandLine line, CommandLine.ParseResult arguments) {
        return Main.reportUnexpected(unexpected, line.getErr());
    }
}
