package io.pando.server.cli;

import io.pando.server.ensemble.EnsembleException;
import io.pando.server.ensemble.LocalEnsemble;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code pando ensemble}: several servers on this machine, for trying things out.
 *
 * <p>Two threads meet here: the main thread, which tells what becomes of the servers, and the shutdown hook, which stops them.
 */
@Command(
        name = "ensemble",
        description = {
            "Runs an ensemble on this machine, each server in a process of its own, until it is told to stop (SIGTERM,"
                    + " Ctrl-C).",
            "Started again on the same directory, it goes on with the same servers, ports and data."
        })
final class EnsembleCommand implements Callable<Integer> {
    private static final int MOST_SERVERS = 9;
    private static final int HIGHEST_PORT = 65_535;

    /** Whether all servers ended by themselves: then the hook has nothing to stop, and the exit code is not its to choose. */
    private final AtomicBoolean halted = new AtomicBoolean();

    @Option(
            names = {"-n", "--servers"},
            paramLabel = "COUNT",
            description = "How many, 1 to 9: as many as the directory holds, or 3.")
    private @Nullable Integer servers;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR",
            description = "Where their configuration, data and output are kept: ./ensemble.")
    private Path directory = Path.of("ensemble");

    @Option(
            names = {"-p", "--client-port"},
            paramLabel = "PORT",
            description = "Of the first server, the others have the next ones; otherwise any that are free.")
    private @Nullable Integer clientPort;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            LocalEnsemble ensemble = LocalEnsemble.start(
                    directory,
                    within(servers, MOST_SERVERS, "--servers"),
                    within(clientPort, HIGHEST_PORT, "--client-port"),
                    serverCommand(),
                    out);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ensemble), "pando-stop"));
            boolean asked = ensemble.watch();
            halted.set(!asked);
            return (asked ? ExitCode.OK : ExitCode.HALTED).number();
        } catch (EnsembleException e) {
            return Failures.complain(spec, String.valueOf(e.getMessage()), ExitCode.CONFIGURATION);
        }
    }

    private OptionalInt within(@Nullable Integer value, int most, String option) {
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value < 1 || value > most) {
            throw new ParameterException(spec.commandLine(), option + "=" + value + " is not 1 to " + most + ".");
        }
        return OptionalInt.of(value);
    }

    /** As with a single server: a JVM that ends by a signal would report a failure of what was a clean stop. */
    private void stop(LocalEnsemble ensemble) {
        if (!halted.get()) {
            ensemble.stop();
            Runtime.getRuntime().halt(ExitCode.OK.number());
        }
    }

    /** A server is started exactly as this process was: the same Java, options and classes. */
    private static List<String> serverCommand() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "server"));
        return command;
    }
}
