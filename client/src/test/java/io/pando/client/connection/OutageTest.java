package io.pando.client.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutageTest {
    private static final long MS = 1_000_000;

    private final Outage outage = new Outage(1_000, 0);

    @Test
    void an_outage_that_lasts_is_told_once_when_every_server_has_failed() {
        assertFalse(outage.isToBeTold(false, 5_000 * MS));
        assertTrue(outage.isToBeTold(true, 5_001 * MS));
        assertTrue(outage.wasTold());
        assertFalse(outage.isToBeTold(true, 9_000 * MS));
    }

    @Test
    void one_that_has_not_lasted_is_not_worth_a_line() {
        assertFalse(outage.isToBeTold(true, 999 * MS));

        outage.begins(999 * MS);

        assertFalse(outage.isToBeTold(true, 1_998 * MS));
        assertFalse(outage.wasTold());
        assertTrue(outage.isToBeTold(true, 1_999 * MS));
    }
}
