package io.pando.server.ensemble;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One server of the ensemble in a process of its own. Two threads use it: the one that watches, and in the end the one that stops. */
final class LocalServer {
    /** {@link Process#exitValue} of one that a signal has ended. */
    private static final int SIGNALED = 128;

    private final ServerFolder folder;
    private final Process process;

    private LocalServer(ServerFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** @param command what starts a server, given the options after it */
    static LocalServer start(ServerFolder folder, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--config", folder.config().toString()));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.output().toFile()))
                .start();
        return new LocalServer(folder, process);
    }

    ServerFolder folder() {
        return folder;
    }

    long id() {
        return folder.id();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended, with the last that it said. */
    String ending() {
        int code = process.exitValue();
        String how = code > SIGNALED ? "was killed by signal " + (code - SIGNALED) : "ended with exit code " + code;
        return "Server " + id() + " " + how
                + lastLine().map(line -> ": " + line).orElse("");
    }

    private Optional<String> lastLine() {
        try {
            List<String> lines = Files.readAllLines(folder.output(), StandardCharsets.UTF_8);
            return lines.stream().filter(line -> !line.isBlank()).reduce((earlier, later) -> later);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** SIGTERM: it ends in its own time. */
    void askToStop() {
        process.destroy();
    }

    /** Waits for its end; after {@code patienceMs} it is killed. Whether it ended by itself. */
    boolean awaitEnd(long patienceMs) {
        try {
            if (process.waitFor(patienceMs, TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
