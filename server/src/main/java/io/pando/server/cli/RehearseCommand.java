package io.pando.server.cli;

import io.pando.server.rehearsal.Rehearsal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pando rehearse}: for {@code bin/pando}, which has the JVM record what this does. Nothing for people. */
@Command(name = "rehearse", hidden = true, description = "Lets the JVM get to know a server, for faster starts.")
final class RehearseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIRECTORY", description = "An empty directory for its data.")
    private Path dataDir = Path.of(".");

    @Override
    public Integer call() throws Exception {
        new Rehearsal(dataDir).run();
        return ExitCode.OK.number();
    }
}
