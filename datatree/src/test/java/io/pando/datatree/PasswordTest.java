package io.pando.datatree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PasswordTest {
    private final SecureRandom secrets = new SecureRandom();
    private final Password password = Password.random(secrets);

    @Test
    void each_is_sixteen_bytes_and_another() {
        assertEquals(16, password.bytes().length);
        assertNotEquals(password, Password.random(secrets));
    }

    @Test
    void what_is_sent_or_stored_is_the_same_again() {
        assertEquals(password, Password.of(password.bytes()));
    }

    @Test
    void only_the_same_bytes_prove_it() {
        byte[] lastBitOff = password.bytes();
        lastBitOff[15] ^= 1;
        byte[] firstBitOff = password.bytes();
        firstBitOff[0] ^= (byte) 0x80;

        assertTrue(password.isProvenBy(password.bytes()));
        assertFalse(password.isProvenBy(lastBitOff));
        assertFalse(password.isProvenBy(firstBitOff));
        assertFalse(password.isProvenBy(Arrays.copyOf(password.bytes(), 15)));
        assertFalse(password.isProvenBy(new byte[0]));
        assertFalse(password.isProvenBy(null));
    }

    @Test
    void what_cannot_be_one_is_refused() {
        for (int length : new int[] {0, 15, 17}) {
            assertThrows(IllegalArgumentException.class, () -> Password.of(new byte[length]));
        }
        assertThrows(IllegalArgumentException.class, () -> Password.of(null));
    }

    @Test
    void it_is_never_shown() {
        assertEquals("Password[hidden]", password.toString());
    }
}
