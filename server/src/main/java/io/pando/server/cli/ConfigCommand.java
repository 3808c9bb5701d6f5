package io.pando.server.cli;

import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.Ensemble;
import io.pando.server.config.Listing;
import io.pando.server.config.LoadedConfig;
import io.pando.server.config.MembershipText;
import io.pando.server.config.Sources;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pando config}: judges and explains a configuration without starting anything. */
@Command(name = "config", description = "Checks a configuration, or shows the one in force.")
final class ConfigCommand implements Runnable {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which one: check, show or keys?");
    }

    @Command(
            name = "check",
            description = "Says everything that is wrong with a configuration, as a server started with it here would.")
    int check(
            @Parameters(paramLabel = "FILE", description = "The properties file.") Path file,
            @Option(
                            names = {"-s", "--set"},
                            paramLabel = "KEY=VALUE",
                            description = "Overrides a key; may be repeated.")
                    @Nullable
                    List<String> sets) {
        return judge(new Sources(Optional.of(file), environment, sets == null ? List.of() : sets), loaded -> {
            var config = loaded.config();
            out().printf(
                            "%s is fine: clients on %s, data in %s%n",
                            file, config.clientPort(), config.storage().dataDir());
            if (!config.isAlone()) {
                describe(config.ensemble());
            }
        });
    }

    private void describe(Ensemble ensemble) {
        var members = ensemble.initialMembership();
        out().printf(
                        "Server %d, one of %d of which %d decide; empty, they begin when %s of these are there:%n",
                        ensemble.serverId(),
                        members.members().size(),
                        members.participants().size(),
                        ensemble.genesisByQuorum() ? "a quorum" : "all");
        MembershipText.linesOf(members).forEach(line -> out().println("  " + line));
    }

    @Command(
            name = "show",
            description = "Lists every key, its value and where that comes from. Secrets are not shown.")
    int show(@Mixin ConfigOptions options) {
        return judge(options.sources(environment), loaded -> {
            for (var line : loaded.listing()) {
                out().printf("%-45s %-30s %s%n", line.key(), line.value(), line.origin());
            }
        });
    }

    @Command(name = "keys", description = "Lists every key with its default, what is allowed and what it decides.")
    int keys() {
        for (var key : Listing.keys()) {
            out().printf(
                            "%s (default %s)%n    %s. Allowed: %s.%n",
                            key.name(), key.fallback(), key.about(), key.allowed());
        }
        return ExitCode.OK.number();
    }

    private int judge(Sources sources, Consumer<LoadedConfig> then) {
        try {
            var loaded = ConfigLoader.load(sources);
            loaded.warnings().forEach(this::warn);
            then.accept(loaded);
            return ExitCode.OK.number();
        } catch (ConfigException wrong) {
            wrong.problems().forEach(this::complain);
            return ExitCode.CONFIGURATION.number();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("Warning: " + warning);
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println("Error: " + problem);
    }
}
