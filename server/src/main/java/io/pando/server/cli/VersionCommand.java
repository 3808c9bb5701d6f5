package io.pando.server.cli;

import io.pando.server.version.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pando version}. */
@Command(name = "version", description = "Says which Pando this is, and on which Java it runs.")
final class VersionCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .printf(
                        "Pando %s on Java %s (clients see ZooKeeper %s)%n",
                        Version.ofPando(), Runtime.version(), Version.asZooKeeper());
    }
}
