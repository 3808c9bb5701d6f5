package io.pando.client.shell;

import io.netty.handler.ssl.SslContext;
import io.pando.client.connection.Tls;
import io.pando.client.connection.Tls.KeyFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how connections are to be encrypted.
 *
 * @param trusted whom to trust; null for the authorities that this Java trusts
 * @param own the shell's own key and certificate; null for none
 */
record Encryption(
        boolean wanted, @Nullable KeyFile trusted, @Nullable KeyFile own) {
    static final Encryption NONE = new Encryption(false, null, null);

    /** What is said here, and else what is said there. */
    Encryption or(Encryption other) {
        return new Encryption(
                wanted || other.wanted, trusted == null ? other.trusted : trusted, own == null ? other.own : own);
    }

    /**
     * What encrypts; null if that is not wanted.
     *
     * @throws MistakeException when a file can't be read, or not with its password
     */
    @Nullable
    SslContext context() {
        if (!wanted) {
            return null;
        }
        try {
            return Tls.context(trusted, own);
        } catch (IOException unusable) {
            String files = (trusted == null ? "" : trusted + " ") + (own == null ? "" : own + " ");
            throw new MistakeException("No encryption with " + files + "is possible: " + unusable.getMessage());
        }
    }
}
