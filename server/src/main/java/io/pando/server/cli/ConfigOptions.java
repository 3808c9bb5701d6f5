package io.pando.server.cli;

import io.pando.server.config.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options with which a server is configured, shared by the commands that read a configuration. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A properties file with ZooKeeper's keys, such as a zoo.cfg.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the file and of the environment (PANDO_SET_KEY); may be repeated.")
    private List<String> sets = List.of();

    Sources sources(Map<String, String> environment) {
        return new Sources(file, environment, sets);
    }
}
