package io.pando.test.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, started as an operator would start it, on a directory and a loopback port of its
 * own. It can be killed, stopped, frozen and started again on the same data and port. Its output stays under
 * {@code target/servers} for whoever reads a failure.
 */
public final class ServerProcess implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int BIND_ATTEMPTS = 5;

    /** Sets limits of a process, on most systems with Linux. */
    public static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private final Target target;
    private final Path home;
    private final Map<String, String> settings;
    private final List<String> jvmOptions;
    private final List<String> wrapper;
    private int port;
    private int starts;
    private @Nullable Process process;

    /** @param wrapper words of the command line in front of the server's own */
    private ServerProcess(
            Target target, Path home, Map<String, String> settings, List<String> jvmOptions, List<String> wrapper) {
        this.target = target;
        this.home = home;
        this.settings = Map.copyOf(settings);
        this.jvmOptions = List.copyOf(jvmOptions);
        this.wrapper = wrapper;
    }

    /** Starts a server with an empty data directory and returns when it serves. */
    public static ServerProcess start(Target target, Map<String, String> settings, String... jvmOptions)
            throws IOException {
        return started(new ServerProcess(target, newHome(), settings, List.of(jvmOptions), List.of()));
    }

    /** The same, with so many open files at most, sockets included; {@code prlimit} is needed for that. */
    public static ServerProcess startWithFiles(int most, Target target, Map<String, String> settings)
            throws IOException {
        List<String> limit = List.of(PRLIMIT.toString(), "--nofile=" + most + ":" + most);
        return started(new ServerProcess(target, newHome(), settings, List.of(), limit));
    }

    private static ServerProcess started(ServerProcess server) throws IOException {
        server.port = server.target.choosePort();
        server.start();
        return server;
    }

    /** A server that is not started yet, will serve on {@code port}, and has its data and its output below {@code home}. */
    static ServerProcess notStarted(
            Target target, Path home, int port, Map<String, String> settings, List<String> jvmOptions)
            throws IOException {
        Files.createDirectories(home.resolve("data"));
        ServerProcess server = new ServerProcess(target, home, settings, jvmOptions, List.of());
        server.port = port;
        return server;
    }

    /** A folder that no other server has. */
    static Path newHome() throws IOException {
        Path home = Path.of("target", "servers", ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet())
                .toAbsolutePath();
        Files.createDirectories(home.resolve("data"));
        return home;
    }

    /** Starts it again, on the data and the port it had. */
    public void restart() throws IOException {
        if (isAlive()) throw new IllegalStateException("It still runs");
        start();
    }

    private void start() throws IOException {
        boolean mayMove = starts == 0;
        for (int attempt = 1; ; attempt++) {
            launch();
            Optional<Integer> ready = awaitReady();
            if (ready.isPresent()) {
                port = ready.get();
                return;
            }
            if (!mayMove || attempt == BIND_ATTEMPTS) throw new IllegalStateException("It did not start: " + output());
            // Somebody else took the port between our look and its bind.
            port = target.choosePort();
        }
    }

    /** Starts it and does not wait: a member of an ensemble serves when enough others do. */
    void launch() throws IOException {
        starts++;
        process = builder(port)
                .redirectOutput(stdout().toFile())
                .redirectError(stderr().toFile())
                .start();
    }

    private ProcessBuilder builder(int itsPort) throws IOException {
        ProcessBuilder builder = target.program(home, itsPort, allSettings(), jvmOptions)
                .builder()
                .directory(home.toFile());
        builder.command().addAll(0, wrapper);
        return builder;
    }

    /** Every four-letter word, and as many connections as a test likes; what the test says comes on top. */
    private Map<String, String> allSettings() {
        Map<String, String> all = new TreeMap<>(Map.of("4lw.commands.whitelist", "*", "maxClientCnxns", "0"));
        all.putAll(settings);
        return all;
    }

    private Optional<Integer> awaitReady() {
        Process started = running();
        var ready = new Object() {
            Optional<Integer> port = Optional.empty();
        };
        boolean settled = Await.happens(Duration.ofSeconds(30), () -> {
            if (!started.isAlive()) return true;
            ready.port = target.readyPort(port, stdout());
            return ready.port.isPresent();
        });
        if (!settled) {
            kill();
            throw new IllegalStateException("It is not ready after 30 s: " + output());
        }
        return started.isAlive() ? ready.port : Optional.empty();
    }

    /**
     * Runs one more process with this server's very settings, as an operator's mistake would, and waits until it ends.
     * Its output is what {@link Outcome#output} says.
     */
    public Outcome startAnotherOnTheSameData() throws IOException {
        Path out = home.resolve("second-process.txt");
        ProcessBuilder builder =
                builder(target.choosePort()).redirectErrorStream(true).redirectOutput(out.toFile());
        Process second = builder.start();
        try {
            if (!await(second))
                throw new AssertionError("The second process goes on running: " + Files.readString(out));
            return new Outcome(second.exitValue(), Files.readString(out));
        } finally {
            second.destroyForcibly();
        }
    }

    /** How a process ended. */
    public record Outcome(int exitCode, String output) {}

    /** kill -9. */
    public void kill() {
        running().destroyForcibly();
        await(running());
    }

    /** SIGTERM; returns the exit code. */
    public int terminate() {
        running().destroy();
        if (!await(running())) throw new AssertionError("SIGTERM did not end it: " + output());
        return running().exitValue();
    }

    /** SIGSTOP: the process keeps its sockets and does nothing. */
    public void freeze() throws IOException {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(pid())).start();
        if (!await(kill) || kill.exitValue() != 0) throw new IOException("kill " + signal + " " + pid() + " failed");
    }

    private static boolean await(Process ending) {
        try {
            return ending.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while a process was ending", e);
        }
    }

    private Process running() {
        if (process == null) throw new IllegalStateException("It was never started");
        return process;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return running().pid();
    }

    public int port() {
        return port;
    }

    public String connectString() {
        return "127.0.0.1:" + port;
    }

    public Target target() {
        return target;
    }

    public Path dataDir() {
        return home.resolve("data");
    }

    /** Of all its lives; for members of an ensemble. */
    LongStream epochsLed() throws IOException {
        StringBuilder output = new StringBuilder();
        for (int start = 1; start <= starts; start++)
            output.append(Files.readString(stdout(start))).append(Files.readString(stderr(start)));
        return target.epochsLed(output.toString());
    }

    private Path stdout() {
        return stdout(starts);
    }

    private Path stdout(int start) {
        return home.resolve("stdout-" + start + ".txt");
    }

    private Path stderr() {
        return stderr(starts);
    }

    private Path stderr(int start) {
        return home.resolve("stderr-" + start + ".txt");
    }

    /** What the process of the last start said, for messages. */
    public String output() {
        try {
            return Files.readString(stdout()) + Files.readString(stderr()) + " (in " + home + ")";
        } catch (IOException e) {
            return "no output: " + e.getMessage();
        }
    }

    /** Ends the process if it still runs. */
    @Override
    public void close() {
        if (process != null) kill();
    }
}
