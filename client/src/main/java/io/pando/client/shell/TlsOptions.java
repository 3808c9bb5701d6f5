package io.pando.client.shell;

import io.pando.client.connection.Tls.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Encryption as said on the command line. Passwords are not: everybody on the machine sees what a process was started with. */
final class TlsOptions {
    private static final String TRUST_PASSWORD = "PANDO_TLS_TRUST_PASSWORD";
    private static final String KEY_PASSWORD = "PANDO_TLS_KEY_PASSWORD";

    @Option(names = "--tls", description = "Encrypts, and trusts the authorities that this Java trusts.")
    private boolean tls;

    @Option(
            names = "--tls-trust",
            paramLabel = "FILE",
            description =
                    "Encrypts, and trusts the certificates in a PKCS12 or JKS file. Its password: the environment's "
                            + TRUST_PASSWORD + ".")
    private @Nullable Path trust;

    @Option(
            names = "--tls-trust-password",
            paramLabel = "FILE",
            description = "The password is in this file instead, on its first line.")
    private @Nullable Path trustPassword;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Encrypts, and shows the key and certificate in a PKCS12 or JKS file. Its password: the"
                    + " environment's " + KEY_PASSWORD + ".")
    private @Nullable Path key;

    @Option(
            names = "--tls-key-password",
            paramLabel = "FILE",
            description = "The password is in this file instead, on its first line.")
    private @Nullable Path keyPassword;

    /** @throws MistakeException when a password's file can't be read */
    Encryption encryption(Map<String, String> environment) {
        return new Encryption(
                tls || trust != null || key != null,
                keyFile(trust, trustPassword, environment.getOrDefault(TRUST_PASSWORD, "")),
                keyFile(key, keyPassword, environment.getOrDefault(KEY_PASSWORD, "")));
    }

    private static @Nullable KeyFile keyFile(@Nullable Path file, @Nullable Path password, String otherwise) {
        return file == null ? null : new KeyFile(file, password == null ? otherwise : passwordIn(password));
    }

    /** The first line of a file; an empty one if there is none. */
    static String passwordIn(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            throw new MistakeException("The password file " + file + " can't be read: " + unreadable + ".");
        }
    }
}
