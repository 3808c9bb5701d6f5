package io.pando.server.cli;

import io.pando.server.HaltedException;
import io.pando.server.PandoServer;
import io.pando.server.StartException;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.LoadedConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pando server}: runs one server until it is asked to stop. */
@Command(name = "server", description = "Runs a server; without options on 127.0.0.1:2181 with its data in ./data.")
final class ServerCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    private final Map<String, String> environment;

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
            loaded.warnings().forEach(this::complain);
            return run(loaded).number();
        } catch (ConfigException e) {
            e.problems().forEach(this::complain);
            return ExitCode.CONFIGURATION.number();
        }
    }

    private ExitCode run(LoadedConfig loaded) {
        try {
            PandoServer server = PandoServer.start(loaded.config());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "pando-stop"));
            out().printf(
                            "Pando is ready: connect ZooKeeper clients to %s (data in %s)%n",
                            reachable(server.address()),
                            loaded.config().storage().dataDir());
            out().flush();
            server.awaitStop();
            return ExitCode.OK;
        } catch (StartException e) {
            complain(e.getMessage());
            return codeOf(e.reason());
        } catch (HaltedException e) {
            complain("This server stopped itself: " + e.getMessage());
            return ExitCode.HALTED;
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

    private void complain(@Nullable String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }
}
