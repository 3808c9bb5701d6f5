package io.pando.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.server.ensemble.FreePorts;
import io.pando.session.wire.MarshallingException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Three servers that agree, inside the test's own process. */
final class Trio implements AutoCloseable {
    static final int SERVERS = 3;
    static final int TICK_MS = 100;

    private static final Pattern SERVING = Pattern.compile("Mode: (leader|follower)");

    private final List<PandoServer> servers = new ArrayList<>();

    /** Starts them, and returns when they serve; {@code more} are {@code key=value} texts for each. */
    Trio(Path directory, String... more) throws Exception {
        List<Integer> ports = FreePorts.choose(3 * SERVERS);
        List<String> lines = new ArrayList<>();
        for (int id = 1; id <= SERVERS; id++) {
            lines.add("server." + id + "=127.0.0.1:" + ports.get(3 * id - 3) + ":" + ports.get(3 * id - 2));
        }
        for (int id = 1; id <= SERVERS; id++) {
            List<String> settings = new ArrayList<>(lines);
            settings.add("myid=" + id);
            settings.add("clientPort=" + ports.get(3 * id - 1));
            settings.add("tickTime=" + TICK_MS);
            settings.add("maxSessionTimeout=" + SocketClient.LONG_TIMEOUT_MS);
            settings.addAll(List.of(more));
            servers.add(AServer.in(directory.resolve("server" + id), settings.toArray(String[]::new)));
        }
        awaitServing();
    }

    /** Until it has found a leader a server sends its clients away after a while. */
    private void awaitServing() throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            while (!SERVING.matcher(ask(i, "srvr")).find()) {
                Thread.onSpinWait();
            }
        }
    }

    PandoServer get(int index) {
        return servers.get(index);
    }

    int clientPort(int index) {
        return servers.get(index).clientPort();
    }

    void stop(int index) {
        servers.get(index).stop();
    }

    SocketClient clientOf(int index) throws IOException, MarshallingException {
        return SocketClient.connect(clientPort(index));
    }

    /** Index of the server that says it leads; asked again until one does. */
    int leader() throws IOException {
        while (true) {
            for (int i = 0; i < SERVERS; i++) {
                if (ask(i, "srvr").contains("Mode: leader")) {
                    return i;
                }
            }
        }
    }

    /** The answer to a four-letter word; empty from a server that has stopped. */
    String ask(int index, String word) throws IOException {
        try (SocketClient client = SocketClient.open(clientPort(index))) {
            client.sendBytes(word.getBytes(UTF_8), word.length());
            return new String(client.receiveToEnd(), UTF_8);
        } catch (ConnectException stopped) {
            return "";
        }
    }

    @Override
    public void close() {
        servers.forEach(PandoServer::stop);
    }
}
