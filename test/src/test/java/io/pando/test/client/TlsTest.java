package io.pando.test.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionState;
import io.pando.client.connection.Tls;
import io.pando.client.connection.TriedServer.Problem;
import io.pando.client.error.NoServerException;
import io.pando.test.harness.Await;
import io.pando.test.harness.Program;
import io.pando.test.harness.SharedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections; the server's side of TLS is played by the test. */
class TlsTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @TempDir
    private Path folder;

    @Test
    void a_server_with_a_trusted_certificate_for_its_address_is_spoken_to() throws Exception {
        var front = SERVER.closing(TlsFront.start(folder, SERVER.process(), "ip:127.0.0.1"));
        var pando = SERVER.closing(Pando.connect(front.connectString() + SERVER.root())
                .tls(front.trusted())
                .open());

        pando.create("/secret").data("whispered").now();

        assertEquals("whispered", pando.getData("/secret").now().text());
    }

    @Test
    void a_certificate_for_another_host_is_refused() throws Exception {
        var front = SERVER.closing(TlsFront.start(folder, SERVER.process(), "dns:elsewhere"));
        assertRefused(
                front, Pando.connect(front.connectString()).tls(front.trusted()).open());
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
        var front = SERVER.closing(TlsFront.start(folder, SERVER.process(), "ip:127.0.0.1"));
        assertRefused(
                front,
                Pando.connect(front.connectString())
                        .tls(Tls.context(null, null))
                        .open());
    }

    @Test
    void the_shell_is_told_whom_to_trust_by_options_or_by_a_file_for_zookeepers_client() throws Exception {
        var front = SERVER.closing(TlsFront.start(folder, SERVER.process(), "ip:127.0.0.1"));
        var trusted = front.trusted();
        var password = Files.writeString(folder.resolve("password"), trusted.password() + "\n");
        var properties = Files.writeString(
                folder.resolve("client.properties"), """
                    zookeeper.client.secure=true
                    zookeeper.ssl.trustStore.location=%s
                    zookeeper.ssl.trustStore.password=%s
                    """.formatted(trusted.path(), trusted.password()));
        var path = SERVER.root() + "/told";

        assertShown(
                "Created " + path,
                shell(front, "--tls-trust", trusted.path(), "--tls-trust-password", password, "create", path, "x"));
        assertShown("x", shell(front, "-client-configuration", properties, "get", path));
        assertShown("imok", shell(front, "-client-configuration", properties, "word", "ruok"));
    }

    /** Between the lines of the log, which a busy machine may add to. */
    private static void assertShown(String line, List<String> lines) {
        assertTrue(lines.contains(line), () -> String.join("\n", lines));
    }

    private static List<String> shell(TlsFront front, Object... arguments) throws Exception {
        var all = Stream.concat(
                Stream.of("--wait", "--server", front.connectString()),
                Stream.of(arguments).map(Object::toString));
        var builder = Program.shell(List.of(), all.toList()).builder().redirectErrorStream(true);
        var process = builder.start();
        try (var out = process.inputReader()) {
            return out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertRefused(TlsFront front, Pando pando) {
        SERVER.closing(pando);

        Await.until("refused", Duration.ofSeconds(30), () -> front.refusals() > 1);

        Await.until("known why", () -> problemOf(pando) == Problem.TLS_FAILED);
        assertEquals(ConnectionState.CONNECTING, pando.state());
        assertTrue(pando.session().isEmpty());
    }

    private static Problem problemOf(Pando pando) {
        var failure = assertThrows(NoServerException.class, () -> pando.awaitConnected(Duration.ofMillis(1)));
        return failure.tried().get(0).problem();
    }
}
