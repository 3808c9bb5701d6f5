package io.pando.test.bench;

import io.pando.test.bench.target.Installation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands of the benchmark have in common: where and with how much memory servers run, and how is told what comes of it. */
final class Workshop {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--repeats",
            description =
                    "How often a round is tried again because others used the machine. Default: ${DEFAULT-VALUE}.")
    private int repeats = 2;

    @Option(names = "--heap", description = "Of servers started here, as in -Xmx. Default: ${DEFAULT-VALUE}.")
    private String heap = "2g";

    @Option(
            names = "--zookeeper-opts",
            split = " ",
            paramLabel = "OPTIONS",
            description =
                    "More options for Apache's JVM, such as -XX:+UseCompactObjectHeaders, which Pando's launcher sets.")
    private List<String> zookeeperOptions = new ArrayList<>();

    @Option(
            names = "--dir",
            description = "Where servers started here keep their data meanwhile. Default: test/target/bench.")
    private @Nullable Path work;

    @Option(names = "--json", description = "Prints every sample as JSON.")
    private boolean json;

    @SuppressWarnings("UnusedVariable") // picocli looks at it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this.")
    private boolean help;

    int repeats() {
        return repeats;
    }

    boolean json() {
        return json;
    }

    Installation installation() {
        var home = home();
        var folder = work == null ? home.resolve("test/target/bench") : work.toAbsolutePath();
        return new Installation(home, folder, heap, zookeeperOptions);
    }

    /** This code lies in {@code test/target}, as a jar or as classes, below the folder of the launcher. */
    private static Path home() {
        try {
            var here = Path.of(Workshop.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return here.resolve("../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Where this program lies is no file.", e);
        }
    }

    /** To the standard error. */
    Rounds.Progress progress() {
        var err = spec.commandLine().getErr();
        return line -> {
            err.println(line);
            err.flush();
        };
    }

    /** To the standard output. */
    void print(String text) {
        var out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
