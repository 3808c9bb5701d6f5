package io.pando.test.bench.target;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.load.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, on a free port of the loopback, with its data in a folder that goes with it.
 *
 * <p>Started by {@link Servers}, which also ends it if nobody else does. It can be killed and started again on its data.
 */
public final class ServerProcess implements StartedTarget {
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
    private static final int LOG_LINES_SHOWN = 15;

    private final ServerKind kind;
    private final Installation installation;
    private final Path folder;
    private final Seat seat;
    private Process process;

    ServerProcess(ServerKind kind, Installation installation, Seat seat) throws IOException {
        this.kind = kind;
        this.installation = installation;
        this.seat = seat;
        Files.createDirectories(installation.work());
        folder = Files.createTempDirectory(installation.work(), "server-");
        process = launch();
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(kind.command(installation, folder, seat));
        builder.environment().putAll(ServerKind.environment(installation));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        return builder.start();
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    /** Tells what the server said if that never happens. */
    @Override
    public void awaitRead(String path) {
        try (var probe = new Probe(address(), path)) {
            long end = System.nanoTime() + START_PATIENCE.toNanos();
            while (!probe.reads()) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new LoadException(name() + " does not serve. The end of its log:\n" + endOfLog());
                }
                // Asked again and again, because nothing tells us: a port that opens makes no noise, and a line in the log is not
                // the same moment in Pando and in Apache ZooKeeper. This is fair to both, and late by 2 ms at the most.
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while " + name() + " started.", e);
        }
    }

    private String endOfLog() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(" + e.getMessage() + ")";
        }
    }

    @Override
    public void kill() {
        jvm().destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: it keeps its connections and does nothing. */
    void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            var pid = Long.toString(jvm().pid());
            if (new ProcessBuilder("kill", signal, pid).start().waitFor() != 0) {
                throw new LoadException("kill " + signal + " " + pid + " failed.");
            }
        } catch (IOException e) {
            throw new LoadException("There is no kill: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while a signal was sent.", e);
        }
    }

    @Override
    public void terminate() {
        jvm().destroy();
        awaitEnd();
    }

    @Override
    public void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new LoadException(name() + " can't be started again: " + e.getMessage(), e);
        }
    }

    @Override
    public long liveHeapBytes() {
        return Heap.liveBytes(jvm().pid());
    }

    /** Files come and go while the server runs; what has gone meanwhile is left out. */
    @Override
    public Set<Path> snapshots() {
        var found = new TreeSet<Path>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (kind.isSnapshot(file.getFileName().toString())) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new LoadException("Can't look for snapshots in " + folder + ": " + e.getMessage(), e);
        }
        return found;
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new LoadException(name() + " does not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while " + name() + " stopped.", e);
        }
    }

    /** A launcher that stays around has the JVM as its child. */
    private ProcessHandle jvm() {
        return process.descendants().findFirst().orElse(process.toHandle());
    }

    @Override
    public String name() {
        return kind.title();
    }

    InetSocketAddress address() {
        return seat.address();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return List.of(address());
    }

    @Override
    public List<Long> pids() {
        return List.of(jvm().pid());
    }

    /** Ends the process, whatever it does, and removes its folder. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new LoadException("Can't remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
