package io.pando.client.connection;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates in files, made into what connections are encrypted with. */
public final class Tls {
    private Tls() {}

    /**
     * Trusts what is in one file, and shows what is in another.
     *
     * @param trusted PKCS12 or JKS; null for the authorities that this Java trusts
     * @param own the client's key and certificate, PKCS12 or JKS; null for none
     * @throws IOException when a file can't be read, or not with this password
     */
    public static SslContext context(@Nullable KeyFile trusted, @Nullable KeyFile own) throws IOException {
        try {
            SslContextBuilder context = SslContextBuilder.forClient();
            if (trusted != null) {
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(trusted.load());
                context.trustManager(trust);
            }
            if (own != null) {
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(own.load(), own.password.toCharArray());
                context.keyManager(keys);
            }
            return context.build();
        } catch (GeneralSecurityException unusable) {
            throw new IOException("Keys or certificates can't be used: " + unusable.getMessage(), unusable);
        }
    }

    /**
     * A file of keys or certificates.
     *
     * @param password of the file and of the keys in it
     */
    public record KeyFile(Path path, String password) {
        private KeyStore load() throws IOException, GeneralSecurityException {
            if (!Files.isReadable(path)) {
                throw new NoSuchFileException(path.toString(), null, "there is no such file, or it can't be read");
            }
            // It looks into the file for what it is.
            return KeyStore.getInstance(path.toFile(), password.toCharArray());
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
