package io.pando.client.shell;

import io.pando.client.ServerList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a server answers to one of ZooKeeper's four-letter words, over a connection of its own. */
final class FourLetterWord {
    private static final int PATIENCE_MS = 3_000;
    private static final int MOST_BYTES = 4 << 20;

    private FourLetterWord() {}

    /** The answer, or a sentence in parentheses that says why there is none. */
    static String ask(ServerList.Server server, String word) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(no answer: " + e.getMessage() + ")";
        }
    }
}
