package io.pando.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pando server}: runs one server until it is asked to stop. */
@Command(
        name = ServerCommand.NAME,
        description = {
            "Runs a server until it is told to stop (SIGTERM, Ctrl-C).",
            "Without options it serves 127.0.0.1:2181 and keeps its data in ./data. With a configuration file it"
                    + " serves all addresses unless clientPortAddress says otherwise."
        })
final class ServerCommand implements Callable<Integer> {
    static final String NAME = "server";

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
        CommandLine line = spec.commandLine();
        return new ServerRun(line.getOut(), line.getErr())
                .run(options.sources(environment))
                .number();
    }
}
