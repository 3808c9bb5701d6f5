package io.pando.test.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.harness.Await;
import io.pando.test.harness.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A run of {@code pando ensemble} in a process of its own, as somebody at a terminal would see it. */
final class EnsembleRun implements AutoCloseable {
    private static final Pattern CONNECT = Pattern.compile("Connect ZooKeeper clients to (\\S+)");
    private static final Pattern SERVER = Pattern.compile("server (\\d+): process (\\d+),");

    private final Process process;
    private final Path output;

    private EnsembleRun(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static EnsembleRun start(Path home, String... options) throws IOException {
        Path output = Files.createTempFile(home, "output", ".txt");
        List<String> arguments = new ArrayList<>(
                List.of("ensemble", "--data", home.resolve("servers").toString()));
        arguments.addAll(List.of(options));
        ProcessBuilder builder = Program.server(List.of(), arguments)
                .builder()
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Ctrl-C has to be heard also where the tests themselves were started in the background, which ignores it.
        builder.command().addAll(0, List.of("env", "--default-signal=INT"));
        return new EnsembleRun(builder.start(), output);
    }

    /** Everything it has said. */
    String said() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /** Waits until it has said something of this form, and returns that. */
    String awaitWord(String form) {
        Pattern pattern = Pattern.compile(form);
        return Await.value(
                "the ensemble says " + form,
                () -> pattern.matcher(said())
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElse(null));
    }

    String connectString() throws IOException {
        awaitWord(CONNECT.pattern());
        return CONNECT.matcher(said()).results().findFirst().orElseThrow().group(1);
    }

    /** The processes of its servers, in the order of their ids. */
    List<ProcessHandle> servers() throws IOException {
        awaitWord(CONNECT.pattern());
        return SERVER.matcher(said())
                .results()
                .map(found -> ProcessHandle.of(Long.parseLong(found.group(2))))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Ctrl-C; returns the exit code. */
    int interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        return exitCode();
    }

    /** SIGTERM; returns the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("It goes on running");
        return process.exitValue();
    }

    /** Servers of a run that a failed test leaves behind are stopped by it, too. */
    @Override
    public void close() throws IOException {
        process.destroy();
        if (!Await.happens(Duration.ofSeconds(60), () -> !process.isAlive())) process.destroyForcibly();
        if (said().contains("Connect ")) servers().forEach(ProcessHandle::destroyForcibly);
    }
}
