package io.pando.test.recipes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.bench.target.Installation;
import io.pando.test.harness.Await;
import io.pando.test.harness.Member;
import io.pando.test.harness.Relay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client process, with a relay of its own to each server. It can be killed and stand still; then another life of it begins, or it goes
 * on. A thread reads what it tells; the monitor guards that.
 */
final class Actor implements AutoCloseable {
    private static final Duration SESSION = Duration.ofSeconds(4);
    private static final int MOST_LOG_LINES = 200;

    private final String name;
    private final Stage stage;
    private final int actors;
    private final Map<Integer, Relay> relays = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private int life;
    private @Nullable Process process;
    private @Nullable Thread reader;
    private boolean frozen;

    Actor(String name, Stage stage, int actors, List<Member> servers) throws IOException {
        this.name = name;
        this.stage = stage;
        this.actors = actors;
        for (Member server : servers) relays.put(server.id(), Relay.to(server.port()));
    }

    String name() {
        return name;
    }

    /** Its name in this life. */
    String who() {
        return name + "." + life;
    }

    void launch() throws IOException {
        life++;
        String servers = relays.values().stream().map(Relay::connectString).collect(Collectors.joining(","));
        ProcessBuilder builder = new ProcessBuilder(
                        Installation.jdk("java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        Player.class.getName(),
                        servers,
                        Long.toString(SESSION.toMillis()),
                        stage.root(),
                        who(),
                        Integer.toString(actors))
                .redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process started = builder.start();
        process = started;
        reader = Thread.ofPlatform().daemon().name("reader-" + who()).start(() -> read(started));
    }

    private void read(Process of) {
        try (BufferedReader lines = of.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) hear(line);
        } catch (IOException | UncheckedIOException ended) {
            // It was killed.
        }
    }

    private synchronized void hear(String line) {
        String tells = Player.told(line);
        if (tells == null) {
            if (log.size() == MOST_LOG_LINES) log.removeFirst();
            log.add(line);
        } else if (tells.startsWith("turn ")) {
            turns.merge(tells.substring("turn ".length()), 1, Integer::sum);
        } else {
            told.add(tells);
        }
    }

    /** How often it came to something in a role, in all its lives. */
    synchronized int turns(String role) {
        return turns.getOrDefault(role, 0);
    }

    /** What it told of this kind, in the order in which it did. */
    synchronized List<String> told(String what) {
        return told.stream()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> line.substring(what.length() + 1))
                .toList();
    }

    synchronized String describe() {
        return who() + (frozen ? " stands still" : "") + ", turns " + turns + ", log:\n" + String.join("\n", log);
    }

    boolean plays() {
        return process != null && process.isAlive() && !frozen;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** kill -9. What it has told is heard to the end. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        if (reader != null) reader.join();
        frozen = false;
    }

    /** SIGSTOP. */
    void freeze() throws Exception {
        signal("-STOP");
        frozen = true;
    }

    /** SIGCONT. */
    void thaw() throws Exception {
        signal("-CONT");
        frozen = false;
    }

    private void signal(String signal) throws Exception {
        Process kill =
                new ProcessBuilder("kill", signal, Long.toString(running().pid())).start();
        if (!kill.waitFor(30, TimeUnit.SECONDS) || kill.exitValue() != 0) throw new IOException("kill " + signal);
    }

    private Process running() {
        if (process == null) throw new IllegalStateException("It was never started");
        return process;
    }

    /** Its link to one server. */
    Relay linkTo(Member server) {
        Relay relay = relays.get(server.id());
        if (relay == null) throw new IllegalArgumentException("No link to " + server);
        return relay;
    }

    List<Relay> links() {
        return List.copyOf(relays.values());
    }

    void tellToEnd() throws IOException {
        running().getOutputStream().write('\n');
        running().getOutputStream().flush();
    }

    void awaitEnd() throws InterruptedException {
        String ended = "ended " + who();
        Await.until(who() + " has ended: " + describe(), Duration.ofSeconds(60), () -> hasTold(ended));
        running().waitFor(30, TimeUnit.SECONDS);
    }

    private synchronized boolean hasTold(String line) {
        return told.contains(line);
    }

    @Override
    public void close() {
        if (process != null) process.destroyForcibly();
        relays.values().forEach(Relay::close);
    }
}
