package io.pando.test.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One server of an {@link Ensemble}: a process that may be killed, frozen, robbed of its data, and started again. */
public final class Member {
    private final int id;
    private final ServerProcess process;

    Member(int id, ServerProcess process) {
        this.id = id;
        this.process = process;
    }

    public int id() {
        return id;
    }

    public int port() {
        return process.port();
    }

    public String connectString() {
        return process.connectString();
    }

    public long pid() {
        return process.pid();
    }

    public Path dataDir() {
        return process.dataDir();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it says that it serves, as leader, follower or observer. */
    public boolean isServing() {
        return List.of("leader", "follower", "observer").contains(mode());
    }

    /** Leader, follower or what else {@code srvr} calls it; empty if it does not answer. */
    public String mode() {
        try {
            return FourLetters.line(FourLetters.ask(port(), "srvr"), "Mode").orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The last zxid it has applied. */
    public long zxid() throws IOException {
        return zxidIn(FourLetters.ask(port(), "srvr"));
    }

    private static long zxidIn(String answer) throws IOException {
        String zxid = FourLetters.line(answer, "Zxid").orElseThrow(() -> new IOException("srvr tells no zxid"));
        return Long.parseUnsignedLong(zxid.substring("0x".length()), 16);
    }

    /** The epochs in which it said that it leads, since it was started first. */
    public LongStream epochsLed() throws IOException {
        return process.epochsLed();
    }

    /** A line of {@code mntr}. */
    public String figure(String name) throws IOException {
        return FourLetters.line(FourLetters.ask(port(), "mntr"), name)
                .orElseThrow(() -> new IOException("mntr tells no " + name));
    }

    /** A fingerprint of its tree and the zxid it is of, as {@code hash} says it. */
    public String hash() throws IOException {
        return FourLetters.ask(port(), "hash");
    }

    /** Starts it, and does not wait until it serves. */
    public void launch() throws IOException {
        if (isAlive()) throw new IllegalStateException("Server " + id + " still runs");
        Files.writeString(dataDir().resolve("myid"), id + "\n");
        process.launch();
    }

    /** kill -9. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM; returns the exit code. */
    public int terminate() {
        return process.terminate();
    }

    /** SIGSTOP. */
    public void freeze() throws IOException {
        process.freeze();
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        process.thaw();
    }

    /** Removes all that it has stored; it must not run. The folder itself stays, which may be a file system of its own. */
    public void wipe() throws IOException {
        if (isAlive()) throw new IllegalStateException("Server " + id + " still runs");
        try (Stream<Path> files = Files.walk(dataDir())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(dataDir())) Files.delete(file);
            }
        }
    }

    /** What it said since it was started last. */
    public String output() {
        return process.output();
    }

    @Override
    public String toString() {
        return "server " + id;
    }
}
