package io.pando.session.lifetime;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the secrets by which a client proves that a session is its own when it connects again. Opaque to clients.
 * Belongs to one thread, as far as the source of randomness does.
 */
public final class Passwords {
    public static final int LENGTH_BYTES = 16;

    private final RandomGenerator random;

    /** @param random that nobody can guess */
    public Passwords(RandomGenerator random) {
        this.random = random;
    }

    public byte[] next() {
        byte[] password = new byte[LENGTH_BYTES];
        random.nextBytes(password);
        return password;
    }

    /** Takes the same time wherever the first difference is, so that nobody can guess a password byte by byte. */
    public static boolean match(byte[] expected, byte @Nullable [] given) {
        return given != null && MessageDigest.isEqual(expected, given);
    }
}
