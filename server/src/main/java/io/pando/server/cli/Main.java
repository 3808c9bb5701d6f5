package io.pando.server.cli;

import io.pando.server.config.Sources;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Where {@code bin/pando} begins: finds the command in the arguments, runs it and exits with its {@link ExitCode}. */
@Command(
        name = "pando",
        description = "A coordination service that ZooKeeper clients use.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n")
public final class Main implements Runnable {
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

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        System.exit(PlainArguments.of(arguments, environment)
                .map(Main::runServer)
                .orElseGet(() -> commandLine(environment).execute(arguments)));
    }

    /** As {@link ServerCommand} does. */
    private static int runServer(Sources sources) {
        var err = new PrintWriter(System.err, true, System.err.charset());
        try {
            return new ServerRun(new PrintWriter(System.out, true, System.out.charset()), err)
                    .run(sources)
                    .number();
        } catch (RuntimeException e) {
            return reportUnexpected(e, err);
        }
    }

    /** The whole command line, with the environment that commands may read. */
    static CommandLine commandLine(Map<String, String> environment) {
        var line = new CommandLine(new Main())
                .addSubcommand(new ServerCommand(environment))
                .addSubcommand(new EnsembleCommand())
                .addSubcommand(new ConfigCommand(environment))
                .addSubcommand(new LogCommand())
                .addSubcommand(new SnapshotCommand())
                .addSubcommand(new VersionCommand())
                .addSubcommand(new RehearseCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::explainUsage)
                .setExecutionExceptionHandler(Main::reportUnexpected);
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
        return reportUnexpected(unexpected, line.getErr());
    }

    private static int reportUnexpected(Exception unexpected, PrintWriter err) {
        unexpected.printStackTrace(err);
        err.flush();
        return ExitCode.UNEXPECTED.number();
    }
}
