package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How much a server lets in, whoever asks. */
class AdmissionTest {
    private static final int MIB = 1 << 20;

    private int servers = 1;
    private final Admission admission = new Admission(64L << 20, () -> servers);

    @Test
    void no_more_is_let_in_than_fits_until_something_is_settled() {
        assertTrue(admission.admit(40 * MIB));
        assertTrue(admission.admit(24 * MIB));
        assertFalse(admission.admit(1));

        admission.release(24 * MIB);

        assertTrue(admission.admit(24 * MIB));
    }

    @Test
    void what_was_not_let_in_takes_no_room() {
        admission.admit(40 * MIB);
        admission.admit(40 * MIB);

        assertEquals(40 * MIB, admission.heldBytes());
    }

    @Test
    void servers_that_agree_share_the_room() {
        servers = 4;

        assertTrue(admission.admit(10 * MIB));
        assertTrue(admission.admit(6 * MIB));
        assertFalse(admission.admit(1));
    }

    @Test
    void a_request_that_is_larger_than_the_room_is_let_in_alone() {
        servers = 200;

        assertTrue(admission.admit(MIB));
        assertFalse(admission.admit(MIB));
    }
}
