package io.pando.client.shell;

import io.pando.client.ServerList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/pando shell}: one command and an exit code, or a prompt for many. */
@Command(
        name = "pando shell",
        description = {
            "Looks around in a running server, and changes it.",
            "With a COMMAND it runs that one and exits; without, it asks for them. \"help\" is one of them."
        },
        exitCodeListHeading = "%nExit codes with a COMMAND:%n")
public final class Main implements Callable<Integer> {
    @Option(
            names = {"-s", "--server", "-server"},
            paramLabel = "HOST:PORT[,HOST:PORT...][/CHROOT]",
            defaultValue = "127.0.0.1:2181",
            description = "The servers to try, and the znode to stay below. Default: ${DEFAULT-VALUE}")
    private String servers = "";

    @Option(
            names = {"-t", "--timeout", "-timeout"},
            paramLabel = "MS",
            defaultValue = "30000",
            description = "The session timeout to ask for. Default: ${DEFAULT-VALUE}")
    private int timeoutMs;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Parameters(paramLabel = "COMMAND", description = "A command of the shell with its options, such as: get -s /path")
    private List<String> command = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        // What follows the name of a shell command is that command's, options too.
        var line = new CommandLine(new Main()).setStopAtPositional(true);
        var meanings = new LinkedHashMap<String, String>();
        Arrays.stream(ExitCode.values()).forEach(code -> meanings.put(" " + code.number(), code.meaning()));
        line.getCommandSpec().usageMessage().exitCodeList(meanings);
        return line;
    }

    @Override
    public Integer call() throws IOException {
        try (var server = new Connector(serverList(), timeoutMs)) {
            var shell = new Shell(
                    server, spec.commandLine().getOut(), spec.commandLine().getErr());
            return command.isEmpty() ? shell.runLines(keyboard()) : shell.run(command);
        }
    }

    private ServerList serverList() {
        try {
            return ServerList.parse(servers);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static BufferedReader keyboard() {
        return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    }
}
