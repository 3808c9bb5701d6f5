package io.pando.server.ensemble;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Servers that were started together and are watched until they are stopped together.
 *
 * <p>{@link #watch} runs on one thread, {@link #stop} on another, which the first notices by the latch.
 */
public final class LocalEnsemble {
    private static final int USUAL_SERVERS = 3;
    private static final int LOOK_EVERY_MS = 1000;
    private static final long STOP_PATIENCE_MS = 30_000;

    private final Path directory;
    private final List<LocalServer> servers;
    private final PrintWriter out;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<Long> ended = new HashSet<>();
    private String told = "";

    private LocalEnsemble(Path directory, List<LocalServer> servers, PrintWriter out) {
        this.directory = directory;
        this.servers = servers;
        this.out = out;
    }

    /**
     * Starts what {@code directory} holds, or a new ensemble there.
     *
     * @param count empty takes what is there, or three
     * @param clientPort of the first server of a new ensemble; empty takes any that are free
     * @param command what starts a server, given the options after it
     */
    public static LocalEnsemble start(
            Path directory, OptionalInt count, OptionalInt clientPort, List<String> command, PrintWriter out)
            throws EnsembleException {
        EnsembleFolder folder = new EnsembleFolder(directory);
        if (!folder.isMade()) {
            folder.make(count.orElse(USUAL_SERVERS), clientPort);
        }
        List<ServerFolder> found = folder.servers();
        mustBeAsWished(folder, found, count, clientPort);
        LocalEnsemble ensemble = new LocalEnsemble(folder.directory(), new ArrayList<>(), out);
        ensemble.launch(found, command);
        return ensemble;
    }

    private static void mustBeAsWished(
            EnsembleFolder folder, List<ServerFolder> found, OptionalInt count, OptionalInt clientPort)
            throws EnsembleException {
        Optional<String> other = Optional.empty();
        if (count.isPresent() && count.getAsInt() != found.size()) {
            other = Optional.of("an ensemble of " + count(found.size()) + ", not of " + count.getAsInt());
        } else if (clientPort.isPresent()
                && clientPort.getAsInt() != found.get(0).clientPort()) {
            other = Optional.of(
                    "an ensemble with client port " + found.get(0).clientPort() + ", not " + clientPort.getAsInt());
        }
        if (other.isPresent()) {
            throw new EnsembleException(folder.directory() + " holds " + other.get()
                    + ". Leave the option out, or name another directory with --data.");
        }
    }

    private static String count(int servers) {
        return servers == 1 ? "1 server" : servers + " servers";
    }

    private void launch(List<ServerFolder> folders, List<String> command) throws EnsembleException {
        try {
            for (ServerFolder folder : folders) {
                servers.add(LocalServer.start(folder, command));
            }
        } catch (IOException e) {
            stop();
            throw new EnsembleException("A server could not be started: " + e.getMessage(), e);
        }
    }

    /** What clients connect to. */
    public String connectString() {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.folder().clientPort())
                .collect(Collectors.joining(","));
    }

    /** Tells what becomes of the servers until {@link #stop} is called, which is true, or all of them have ended, which is false. */
    public boolean watch() {
        introduce();
        try {
            while (ended.size() < servers.size()) {
                tellWhoEnded();
                tellStandings();
                if (stopping.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void introduce() {
        out.printf("Pando runs %s, with data in %s.%n", count(servers.size()), directory);
        for (LocalServer server : servers) {
            out.printf(
                    "  server %d: process %d, output in %s%n",
                    server.id(), server.pid(), server.folder().output());
        }
        out.printf("Connect ZooKeeper clients to %s%nCtrl-C stops them.%n", connectString());
        out.flush();
    }

    private void tellWhoEnded() {
        for (LocalServer server : servers) {
            if (!server.isAlive() && ended.add(server.id())) {
                tell(server.ending());
                tell("To start it again: bin/pando server --config "
                        + server.folder().config());
            }
        }
    }

    private void tellStandings() {
        Standings now = Standings.ask(servers.stream().map(LocalServer::folder).toList());
        String sentence = now.sentence();
        if (!sentence.equals(told) && (now.isAnybodyThere() || !told.isEmpty())) {
            tell(sentence);
            told = sentence;
        }
    }

    /** A word between two of its own would only confuse who is waiting for the end. */
    private void tell(String sentence) {
        if (stopping.getCount() > 0) {
            out.printf("%s %s%n", LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS), sentence);
            out.flush();
        }
    }

    /** Stops all servers and says how that went. Any thread. */
    public void stop() {
        stopping.countDown();
        servers.forEach(LocalServer::askToStop);
        List<String> killed = servers.stream()
                .filter(server -> !server.awaitEnd(STOP_PATIENCE_MS))
                .map(server -> String.valueOf(server.id()))
                .toList();
        out.printf(
                killed.isEmpty()
                        ? "All servers have stopped.%n"
                        : "Servers " + String.join(", ", killed) + " did not stop and were killed.%n");
        out.printf("To go on: bin/pando ensemble --data %s%n", directory);
        out.flush();
    }
}
