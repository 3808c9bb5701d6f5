package io.pando.test.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.connection.Tls.KeyFile;
import io.pando.test.bench.target.Installation;
import io.pando.test.harness.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Ends TLS in front of a server that has none, with a certificate made for the test. */
final class TlsFront implements AutoCloseable {
    private static final String PASSWORD = "secret";
    private static final String STORE_TYPE = "PKCS12";
    private static final String ALIAS = "server";

    private final SSLServerSocket listener;
    private final int serverPort;
    private final Path trusted;
    private final AtomicInteger refusals = new AtomicInteger();

    private TlsFront(SSLServerSocket listener, int serverPort, Path trusted) {
        this.listener = listener;
        this.serverPort = serverPort;
        this.trusted = trusted;
    }

    /**
     * Starts it.
     *
     * @param san the name or address that the certificate is for, as keytool writes it: {@code ip:127.0.0.1}
     */
    static TlsFront start(Path folder, ServerProcess server, String san) throws Exception {
        Path own = folder.resolve("server.p12");
        makeCertificate(own, san);
        KeyStore mine = read(own);
        Path trusted = folder.resolve("trusted.p12");
        trustCertificateOf(mine, trusted);
        var listener = (SSLServerSocket)
                context(mine).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var front = new TlsFront(listener, server.port(), trusted);
        Thread.ofVirtual().start(front::accept);
        return front;
    }

    /** By keytool: the JDK has no API for it. */
    private static void makeCertificate(Path store, String san) throws IOException, InterruptedException {
        List<String> command = List.of(
                Installation.jdk("keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + san,
                "-keystore",
                store.toString(),
                "-storetype",
                STORE_TYPE,
                "-storepass",
                PASSWORD);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    private static KeyStore read(Path path) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void trustCertificateOf(KeyStore mine, Path trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        store.load(null, null);
        store.setCertificateEntry(ALIAS, mine.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(trusted)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private static SSLContext context(KeyStore mine) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(mine, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    String connectString() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** What a client has to trust to trust this. */
    KeyFile trusted() {
        return new KeyFile(trusted, PASSWORD);
    }

    /** How many clients did not get through. */
    int refusals() {
        return refusals.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = (SSLSocket) listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            client.startHandshake();
            Thread.ofVirtual().start(() -> pump(client, server));
            pump(server, client);
        } catch (IOException refused) {
            refusals.incrementAndGet();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            boolean first = true;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                first = false;
                out.write(buffer, 0, n);
            }
            if (first) {
                refusals.incrementAndGet();
            }
        } catch (IOException over) {
            // A client that does not trust us says so with its first record.
            refusals.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
