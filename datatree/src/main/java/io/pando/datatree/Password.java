package io.pando.datatree;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The secret by which a client proves that a session is its own when it connects again. Opaque to clients, and never shown: whoever reads it can take the
 * session over. Two numbers rather than an array, since there is one for each session.
 */
public record Password(long high, long low) {
    public static final int LENGTH_BYTES = 2 * Long.BYTES;

    /** Another one, from chance that nobody can guess. */
    public static Password random(RandomGenerator secrets) {
        return new Password(secrets.nextLong(), secrets.nextLong());
    }

    /**
     * The one that {@link #bytes} were.
     *
     * @throws IllegalArgumentException if these are not {@link #LENGTH_BYTES}
     */
    public static Password of(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("The password of a session has " + (bytes == null ? "no" : bytes.length)
                    + " bytes instead of " + LENGTH_BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Password(buffer.getLong(), buffer.getLong());
    }

    /** As it is sent and stored. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH_BYTES).putLong(high).putLong(low).array();
    }

    /** Takes the same time wherever the first difference is, so that nobody can guess a password byte by byte. */
    public boolean isProvenBy(byte @Nullable [] given) {
        return given != null && MessageDigest.isEqual(bytes(), given);
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
