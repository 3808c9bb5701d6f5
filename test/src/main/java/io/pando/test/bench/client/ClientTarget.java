package io.pando.test.bench.client;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.Installation;
import io.pando.test.bench.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as seen through a client library: what is asked of it is asked by a fresh JVM with that library, equal for all in
 * heap and flags, and gone afterwards. Its processor time then counts as that of a child of ours.
 */
public record ClientTarget(ClientLibrary library, Installation installation, Target server) implements Target {
    private static final String HEAP = "512m";
    private static final long PATIENCE_SECONDS = 600;

    public Findings measure(Calls calls) {
        return run(calls.arguments());
    }

    public Findings measure(IdleSessions sessions) {
        return run(sessions.arguments());
    }

    private Findings run(List<String> work) {
        try {
            Files.createDirectories(installation.work());
            var errors = Files.createTempFile(installation.work(), "client-", ".log");
            try {
                return run(work, errors);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new LoadException("Can't start a client: " + e.getMessage(), e);
        }
    }

    private Findings run(List<String> work, Path errors) throws IOException {
        var worker = new ProcessBuilder(command(work))
                .redirectError(Redirect.to(errors.toFile()))
                .start();
        try {
            if (!worker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || worker.exitValue() != 0) {
                throw new LoadException(name() + "'s client failed. What it said:\n" + Files.readString(errors));
            }
            return Findings.ofLines(new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while a client worked.", e);
        } finally {
            worker.destroyForcibly();
        }
    }

    private List<String> command(List<String> work) {
        var address = addresses().getFirst();
        var command = new ArrayList<>(List.of(
                Installation.jdk("java").toString(),
                "-Xms" + HEAP,
                "-Xmx" + HEAP,
                "-Dlogback.configurationFile=io/pando/test/bench/client/logback.xml",
                "-cp",
                library.classPath(installation),
                Worker.class.getName(),
                library.name(),
                address.getHostString() + ":" + address.getPort()));
        command.addAll(work);
        return command;
    }

    @Override
    public String name() {
        return library.title();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return server.addresses();
    }

    @Override
    public List<Long> pids() {
        return server.pids();
    }
}
