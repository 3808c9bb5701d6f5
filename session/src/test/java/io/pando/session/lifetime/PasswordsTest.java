package io.pando.session.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom());

    @Test
    void each_is_sixteen_bytes_and_another() {
        byte[] one = passwords.next();
        byte[] two = passwords.next();

        assertEquals(16, one.length);
        assertFalse(Passwords.match(one, two));
    }

    @Test
    void only_the_same_bytes_match() {
        byte[] password = passwords.next();
        byte[] lastBitOff = password.clone();
        lastBitOff[15] ^= 1;

        assertTrue(Passwords.match(password, password.clone()));
        assertFalse(Passwords.match(password, lastBitOff));
        assertFalse(Passwords.match(password, Arrays.copyOf(password, 15)));
        assertFalse(Passwords.match(password, new byte[0]));
        assertFalse(Passwords.match(password, null));
    }
}
