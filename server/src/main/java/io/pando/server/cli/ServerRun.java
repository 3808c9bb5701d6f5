package io.pando.server.cli;

import io.pando.server.HaltedException;
import io.pando.server.PandoServer;
import io.pando.server.StartException;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.LoadedConfig;
import io.pando.server.config.ServerConfig;
import io.pando.server.config.Sources;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One server from its configuration to its end, with the words for people who start it.
 *
 * <p>Two threads meet here: the main thread, which waits for the server to end, and the shutdown hook, which ends it.
 */
final class ServerRun {
    private static final String LOOPBACK = "127.0.0.1";

    private final PrintWriter out;
    private final PrintWriter err;

    /** Whether it ended by itself: then the hook has nothing to stop, and the exit code is not its to choose. */
    private final AtomicBoolean halted = new AtomicBoolean();

    /** The server that was started last; written by the main thread, read by the hook. */
    private volatile @Nullable PandoServer running;

    ServerRun(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Returns when the server has ended, or could not be started. */
    ExitCode run(Sources sources) {
        try {
            LoadedConfig loaded = ConfigLoader.load(sources);
            loaded.warnings().forEach(warning -> complain("Warning: " + warning));
            return run(loaded);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> complain("Error: " + problem));
            return ExitCode.CONFIGURATION;
        }
    }

    private ExitCode run(LoadedConfig loaded) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "pando-stop"));
        try {
            while (endsToStartAnew(loaded.config())) {
                out.println("Pando starts anew, without the data that it had.");
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
        out.printf(
                "Pando is ready: connect ZooKeeper clients to %s (data in %s)%n",
                reachable(server.address()), config.storage().dataDir());
        out.flush();
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

    private void complain(String text) {
        err.println(text);
        err.flush();
    }
}
