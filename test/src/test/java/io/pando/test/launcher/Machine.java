package io.pando.test.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder that plays a machine with Pando in {@code pando/}: its JDKs and its Maven are scripts that print how they were
 * called, so that no test waits for a JVM.
 */
final class Machine {
    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    Machine(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("pando/bin"));
        Files.copy(Path.of("../bin/pando"), root.resolve("pando/bin/pando"));
        environment.put("PANDO_JVM_FOLDERS", root.resolve("jvm").toString());
    }

    Path folder(String name) {
        return root.resolve(name);
    }

    Machine with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** A JDK in the usual folder for JVMs. */
    Path jdk(String version) throws IOException {
        var home = root.resolve("jvm/jdk-" + version);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "echo \"java " + version + " in $PWD\"", "printf '%s\\n' \"$@\"");
        return home;
    }

    void maven() throws IOException {
        script(root.resolve("path/mvn"), "echo mvn \"$@\"", build("server"), build("test"), compileSimulator());
    }

    void built(String module) throws IOException {
        var lib = Files.createDirectories(root.resolve("pando/" + module + "/target/lib"));
        Files.createFile(lib.resolveSibling("pando-" + module + "-1.0.jar"));
    }

    private String build(String module) {
        var target = root.resolve("pando/" + module + "/target");
        return "mkdir -p " + target + "/lib; : > " + target + "/pando-" + module + "-1.0.jar";
    }

    private String compileSimulator() {
        var classes = root.resolve("pando/zab/target/test-classes/io/pando/zab/sim");
        return "mkdir -p " + classes + "; : > " + classes + "/SimMain.class";
    }

    /** Runs the launcher, and returns all it said and how it ended. */
    Outcome pando(String... arguments) throws IOException, InterruptedException {
        return run(root.resolve("pando/bin/pando"), arguments);
    }

    Outcome run(Path launcher, String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(root.resolve("elsewhere")).toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", root.resolve("path") + ":" + pathWithoutJavaAndMaven());
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output.lines().toList());
    }

    /** The few tools the launcher may use, and no others. */
    private Path pathWithoutJavaAndMaven() throws IOException {
        var tools = root.resolve("tools");
        if (Files.exists(tools)) return tools;
        Files.createDirectory(tools);
        for (var tool : List.of(
                "bash",
                "sed",
                "head",
                "ls",
                "cat",
                "dirname",
                "readlink",
                "mkdir",
                "mktemp",
                "mv",
                "rm",
                "sleep",
                "tail",
                "find")) {
            script(tools.resolve(tool), "exec " + locate(tool) + " \"$@\"");
        }
        return tools;
    }

    private static Path locate(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        if (!file.toFile().setExecutable(true)) throw new IOException(file + " can't be made executable");
    }

    record Outcome(int exitCode, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }
}
