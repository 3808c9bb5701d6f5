package io.pando.server.cli;

import io.pando.server.HaltedException;
import io.pando.server.PandoServer;
import io.pando.server.StartException;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.LoadedConfig;
import io.pando.server.config.ServerConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code pando server}: runs one server until it is asked to stop.
 *
 * <p>Two threads meet here: the main thread, which waits for the server to end, and the shutdown hook, which ends it.
 */
@Command(
        name = "server",
        description = {
            "Runs a server until it is told to stop (SIGTERM, Ctrl-C).",
            "Without options it serves 127.0.0.1:2181 and keeps its data in ./data. With a configuration file it"
                    + " serves all addresses unless clientPortAddress says otherwise."
        })
final class ServerCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    private final Map<String, String> environment;

    /** Whether it ended by itself: then the hook has nothing to stop, and the exit code is not its to choose. */
    private final AtomicBoolean halted = new AtomicBoolean();

    /** The server that was started last; written by the main thread, read by the hook. */
    private volatile @Nullable PandoServer running;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    ServerCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try {
            LoadedConfig loaded = ConfigLoader.load(options.sources(environment));
            loaded.warnings().forEach(warning -> complain("Warning: " + warning));
            return run(loaded).number();
        } catch (ConfigException e) {
            e.problems().forEach(problem -> complain("Error: " + problem));
            return ExitCode.CONFIGURATION.number();
        }
    }

    private ExitCode run(LoadedConfig loaded) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "pando-stop"));
        try {
            while (endsToStartAnew(loaded.config())) {
                out().println("Pando starts anew, without the data that it had.");
            }
            return ExitCode.OK;
        } catch (StartException e) {
            halted.set(true);
            complain("Pando can't start: " + e.getMessage());
            return codeOf(e.reason());
        } catch (HaltedException e) {
            halted.set(true);
            complain("This server stopped itself: " + e.getMessage());
            return ExitCode.HALTED;
        } catch (RuntimeException e) {
            halted.set(true);
            throw e;
        }
    }

    /** Runs a server until it ends. Whether it is to start again, because its data is not to be used any more. */
    private boolean endsToStartAnew(ServerConfig config) throws StartException {
        PandoServer server = PandoServer.start(config);
        running = server;
        out().printf(
                        "Pando is ready: connect ZooKeeper clients to %s (data in %s)%n",
                        reachable(server.address()), config.storage().dataDir());
        out().flush();
        try {
            server.awaitStop();
            return false;
        } catch (HaltedException e) {
            if (!e.startsAnew()) {
                throw e;
            }
            server.halt();
            return true;
        }
    }

    /** A JVM that ends by a signal would report 128 and its number, and to a supervisor a clean stop would be a failure. */
    private void stop() {
        PandoServer server = running;
        if (server != null) {
            server.stop();
        }
        if (!halted.get()) {
            Runtime.getRuntime().halt(ExitCode.OK.number());
        }
    }

    /** Where a client on this machine finds a server that listens on all addresses. */
    private static String reachable(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? LOOPBACK
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static ExitCode codeOf(StartException.Reason reason) {
        return switch (reason) {
            case DATA_IN_USE -> ExitCode.DATA_IN_USE;
            case STORAGE_UNUSABLE -> ExitCode.STORAGE_DAMAGED;
            case PORT_UNAVAILABLE -> ExitCode.PORT_IN_USE;
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void complain(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }
}
