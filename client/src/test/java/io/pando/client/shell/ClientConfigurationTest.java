package io.pando.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.client.connection.Tls.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_of_zookeepers_client_is_read() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "of the key\n");

        var read = ClientConfiguration.read(file("""
            zookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketNetty
            zookeeper.client.secure=true
            zookeeper.ssl.trustStore.location=/etc/trust.jks
            zookeeper.ssl.trustStore.password=of the trusted
            zookeeper.ssl.trustStore.type=JKS
            zookeeper.ssl.keyStore.location=/etc/own.p12
            zookeeper.ssl.keyStore.passwordPath=%s
            zookeeper.ssl.hostnameVerification=true
            zookeeper.sasl.client=false
            zookeeper.request.timeout=1500
            jute.maxbuffer=0x200000
            """.formatted(password)));

        assertEquals(
                new ClientConfiguration(
                        new Encryption(
                                true,
                                new KeyFile(Path.of("/etc/trust.jks"), "of the trusted"),
                                new KeyFile(Path.of("/etc/own.p12"), "of the key")),
                        Duration.ofMillis(1500),
                        0x200000),
                read);
    }

    @Test
    void key_files_alone_do_not_encrypt() throws IOException {
        var read = ClientConfiguration.read(file("zookeeper.ssl.trustStore.location=/etc/trust.jks"));

        assertEquals(false, read.encryption().wanted());
    }

    @Test
    void all_that_can_not_be_followed_is_named_at_once() throws IOException {
        var file = file("""
            zookeeper.ssl.hostnameVerification=false
            zookeeper.sasl.client=true
            zookeeper.ssl.crl=true
            zookeeper.ssl.keyStore.type=PEM
            zookeeper.client.secure=perhaps
            zookeeper.request.timeout=-1
            """);

        var refused = assertThrows(MistakeException.class, () -> ClientConfiguration.read(file));

        assertEquals(
                "The client configuration " + file + " can't be followed: zookeeper.client.secure is \"perhaps\", and"
                        + " not true or false; zookeeper.ssl.keyStore.type is \"PEM\", and"
                        + " not JKS or PKCS12; zookeeper.ssl.hostnameVerification has to be"
                        + " true, for the host names in certificates are always checked;"
                        + " zookeeper.sasl.client has to be false, for SASL is not offered;"
                        + " zookeeper.request.timeout is \"-1\", and not a number from 1"
                        + " on; zookeeper.ssl.crl is not supported.",
                refused.getMessage());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), text);
    }
}
