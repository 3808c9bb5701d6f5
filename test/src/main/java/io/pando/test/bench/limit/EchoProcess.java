package io.pando.test.bench.limit;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.Installation;
import io.pando.test.bench.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** An {@link EchoServer} in a process of its own, as a server would be. */
public final class EchoProcess implements Target, AutoCloseable {
    private final Process process;
    private final InetSocketAddress address;

    private EchoProcess(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Returns when it serves. */
    public static EchoProcess start() {
        try {
            var process = new ProcessBuilder(
                            Installation.jdk("java").toString(),
                            "-cp",
                            System.getProperty("java.class.path", ""),
                            EchoServer.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            int port = Integer.parseInt(Objects.requireNonNullElse(said.readLine(), ""));
            return new EchoProcess(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException | NumberFormatException e) {
            throw new LoadException("The echo server does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return List.of(address);
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    /** Its processor time counts as that of a child of ours when this returns. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while the echo server ended.", e);
        }
    }
}
