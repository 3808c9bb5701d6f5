package io.pando.test.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** Asks a server with a four-letter word. */
final class FourLetters {
    private static final int PATIENCE_MS = 5_000;

    private FourLetters() {}

    /** What it says; fails if it is not there, or says nothing. */
    static String ask(int port, String word) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(word.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    /** What follows {@code name} on its line, without the colon or tab between them. */
    static Optional<String> line(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": ") || line.startsWith(name + "\t"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
