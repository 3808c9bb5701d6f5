package io.pando.test.harness;

import io.pando.client.shell.Main;
import io.pando.test.bench.target.Installation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How tests start Pando's own programs: by its launcher, as users do, if these tests run on the very jars that the launcher takes. If
 * not, as in an IDE or under {@code mvn test}, on the classes that they run on themselves: those are newer than any jar.
 *
 * @param command up to the program's last argument
 * @param environment what that has to find in its environment
 */
public record Program(List<String> command, Map<String, String> environment) {
    /** For one of many servers, each of which is small and lives for a few seconds. Netty looks for buffers that nobody gives back. */
    static final List<String> SMALL_AND_SHORT =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dio.netty.leakDetection.level=simple");

    /** {@code bin/pando}, with the defaults of the launcher for servers in production. */
    public static Program installed(List<String> jvmOptions, List<String> arguments) {
        return new Program(
                joined(List.of(List.of(home().resolve("bin/pando").toString()), arguments)),
                // Whoever has a blank in an option can't have it: the launcher splits them there.
                Map.of(
                        "JAVA_HOME",
                        Installation.javaHome().toString(),
                        "PANDO_JAVA_OPTS",
                        String.join(" ", jvmOptions)));
    }

    /** A server, or another of the commands that come with it. */
    public static Program server(List<String> jvmOptions, List<String> arguments) {
        List<String> options = joined(List.of(SMALL_AND_SHORT, jvmOptions));
        return isInstalled()
                ? installed(options, arguments)
                : ofClasses(options, "io.pando.server.cli.Main", arguments);
    }

    /** The shell. Without a log, as the launcher starts it. */
    public static Program shell(List<String> jvmOptions, List<String> arguments) {
        if (isInstalled()) {
            return installed(jvmOptions, joined(List.of(List.of("shell"), arguments)));
        }
        List<String> withoutLog = List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Dslf4j.internal.verbosity=ERROR");
        return ofClasses(joined(List.of(withoutLog, jvmOptions)), Main.class.getName(), arguments);
    }

    private static Program ofClasses(List<String> jvmOptions, String main, List<String> arguments) {
        return new Program(
                joined(List.of(
                        List.of(Installation.jdk("java").toString()),
                        jvmOptions,
                        List.of("-Dkryo.unsafe=false", "--enable-native-access=ALL-UNNAMED", main),
                        arguments)),
                Map.of("CLASSPATH", System.getProperty("java.class.path")));
    }

    /** Whether these tests run on the jars that the launcher takes. */
    public static boolean isInstalled() {
        Path shell = placeOf(Main.class);
        return Files.isRegularFile(shell) && shell.startsWith(home());
    }

    private static Path home() {
        return placeOf(Program.class).resolve("../../..").normalize();
    }

    /** The jar or the folder that a class is from. */
    static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The classes lie at no path", e);
        }
    }

    /** Ready to be started. */
    public ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<String> joined(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
