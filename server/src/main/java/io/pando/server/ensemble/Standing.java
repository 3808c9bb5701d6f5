package io.pando.server.ensemble;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a server is at a moment, by its own word. The order is that in which they are told. */
public enum Standing {
    LEADS("leads", "lead"),
    FOLLOWS("follows", "follow"),
    OBSERVES("observes", "observe"),
    SERVES_ALONE("serves alone", "serve alone"),
    READS_ONLY("is cut off and lets clients read", "are cut off and let clients read"),
    LOOKS("looks for a leader", "look for a leader"),
    SILENT("does not answer", "do not answer");

    private static final int PATIENCE_MS = 500;

    private final String singular;
    private final String plural;

    Standing(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    /** Asks the server whose client port is at this address; {@link #SILENT} if there is no answer for half a second. */
    public static Standing ask(InetSocketAddress server) {
        try (Socket socket = new Socket()) {
            socket.connect(server, PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return of(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException notThere) {
            return SILENT;
        }
    }

    String verb(int subjects) {
        return subjects == 1 ? singular : plural;
    }

    /** The answer to {@code srvr}. */
    private static Standing of(String srvr) {
        String mode = srvr.lines()
                .filter(line -> line.startsWith("Mode: "))
                .map(line -> line.substring("Mode: ".length()))
                .findFirst()
                .orElse("");
        return switch (mode) {
            case "leader" -> LEADS;
            case "follower" -> FOLLOWS;
            case "observer" -> OBSERVES;
            case "standalone" -> SERVES_ALONE;
            case "read-only" -> READS_ONLY;
            default -> LOOKS;
        };
    }
}
