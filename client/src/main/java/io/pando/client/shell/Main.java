package io.pando.client.shell;

import io.pando.client.PandoBuilder;
import io.pando.client.ServerList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
            names = {"-r", "--read-only"},
            description = "Is content with a server that has lost its quorum.")
    private boolean readOnly;

    @Option(
            names = {"-w", "--wait", "-waitforconnection"},
            description = "Waits for a server for as long as it takes, rather than some seconds.")
    private boolean waiting;

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    @Option(
            names = {"--client-configuration", "-client-configuration"},
            paramLabel = "FILE",
            description =
                    "Takes encryption, request timeout and size limits from a file of ZooKeeper's client properties.")
    private @Nullable Path configurationFile;

    @Option(names = "--json", description = "Prints results as JSON, one line each, for programs.")
    private boolean json;

    @Option(names = "--yes", description = "Does not ask before what can't be undone.")
    private boolean yes;

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
        System.setProperty("jdk.console", "java.base"); // no console where there is no terminal, also since Java 22
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        // What follows the name of a shell command is that command's, options too.
        CommandLine line = new CommandLine(new Main()).setStopAtPositional(true);
        Map<String, String> meanings = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> meanings.put(" " + code.number(), code.meaning()));
        line.getCommandSpec().usageMessage().exitCodeList(meanings);
        return line;
    }

    @Override
    @SuppressWarnings("SystemConsoleNull") // main sees to it
    public Integer call() throws IOException {
        Duration patience = waiting ? Duration.ofDays(365) : PATIENCE;
        try (Link link = link(patience)) {
            if (!command.isEmpty()) {
                return unattended(link).run(command);
            }
            return System.console() == null ? runLines(unattended(link)) : runPrompt(link);
        }
    }

    private Link link(Duration patience) {
        try {
            ClientConfiguration file =
                    configurationFile == null ? ClientConfiguration.EMPTY : ClientConfiguration.read(configurationFile);
            Encryption encryption = tls.encryption(System.getenv()).or(file.encryption());
            return new Link(serverList(), builder -> settings(file.applyTo(builder)), encryption.context(), patience);
        } catch (MistakeException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private PandoBuilder settings(PandoBuilder builder) {
        PandoBuilder set = builder.sessionTimeout(Duration.ofMillis(timeoutMs));
        return readOnly ? set.readOnlyAllowed() : set;
    }

    private Shell unattended(Link link) {
        Printer printer =
                new Printer(spec.commandLine().getOut(), spec.commandLine().getErr(), false);
        return new Shell(link, printer, new Consent(question -> "", false), new CommandGroup.Wishes(json, yes));
    }

    /** Lines of a file or a pipe; ends with the code of the last one that failed, so that a script can tell. */
    private int runLines(Shell shell) throws IOException {
        int code = shell.greet();
        if (code != ExitCode.OK.number()) {
            return code;
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
            for (String line = lines.readLine(); line != null && !shell.past().hasEnded(); line = lines.readLine()) {
                int ended = shell.runLine(line);
                code = ended == ExitCode.OK.number() ? code : ended;
            }
        }
        return code;
    }

    private int runPrompt(Link link) throws IOException {
        Path history = Path.of(System.getProperty("user.home", "."), ".pando_history");
        try (Prompt prompt = Prompt.open(link, history)) {
            Consent consent = new Consent(prompt::ask, true);
            return prompt.run(new Shell(link, prompt.printer(), consent, new CommandGroup.Wishes(json, yes)));
        }
    }

    private ServerList serverList() {
        try {
            return ServerList.parse(servers);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
