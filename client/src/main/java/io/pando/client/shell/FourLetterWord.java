package io.pando.client.shell;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.pando.client.ServerList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What a server answers to one of ZooKeeper's four-letter words, over a connection of its own. */
final class FourLetterWord {
    private static final int PATIENCE_MS = 3_000;
    private static final int MOST_BYTES = 4 << 20;

    private final @Nullable SslContext tls;

    /** @param tls how the connection is encrypted; null for not at all */
    FourLetterWord(@Nullable SslContext tls) {
        this.tls = tls;
    }

    /** The answer, or a sentence in parentheses that says why there is none. */
    String ask(ServerList.Server server, String word) {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MS);
            plain.setSoTimeout(PATIENCE_MS);
            try (Socket socket = encrypted(plain, server)) {
                socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            return "(no answer: " + e.getMessage() + ")";
        }
    }

    private Socket encrypted(Socket plain, ServerList.Server server) throws IOException {
        if (!(tls instanceof JdkSslContext context)) {
            return plain;
        }
        SSLSocket socket = (SSLSocket)
                context.context().getSocketFactory().createSocket(plain, server.host(), server.port(), true);
        // As connections of the client do, it insists on a certificate for this very host.
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }
}
