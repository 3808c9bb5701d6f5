package io.pando.test.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionState;
import io.pando.client.connection.Tls;
import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import java.nio.file.Path;
import java.time.Duration;
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

    private static void assertRefused(TlsFront front, Pando pando) {
        SERVER.closing(pando);

        Await.until("refused", Duration.ofSeconds(30), () -> front.refusals() > 1);

        assertEquals(ConnectionState.CONNECTING, pando.state());
        assertTrue(pando.session().isEmpty());
    }
}
