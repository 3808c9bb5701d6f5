package io.pando.client.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final long MS = 1_000_000;
    private static final long TIMEOUT = 30_000 * MS;

    private final Liveness liveness = new Liveness(TIMEOUT, 0);

    @Test
    void the_session_lives_for_its_timeout_from_when_the_last_answered_request_was_sent() {
        liveness.attached(TIMEOUT, 1_000 * MS, 1_500 * MS);
        liveness.proven(5_000 * MS);
        liveness.proven(4_000 * MS);
        liveness.heard(9_000 * MS);

        assertEquals(TIMEOUT - 5_000 * MS, liveness.sessionLeftNanos(10_000 * MS));
        assertEquals(-1, liveness.sessionLeftNanos(TIMEOUT + 5_000 * MS + 1));
    }

    @Test
    void a_ping_is_due_after_a_third_and_the_server_is_silent_after_two_thirds() {
        liveness.attached(TIMEOUT, 0, 0);
        assertFalse(liveness.isPingDue(9_999 * MS));
        assertTrue(liveness.isPingDue(10_000 * MS));
        assertFalse(liveness.isSilent(19_999 * MS));
        assertTrue(liveness.isSilent(20_000 * MS));

        liveness.spoke(10_000 * MS);
        liveness.heard(10_001 * MS);
        assertFalse(liveness.isPingDue(19_999 * MS));
        assertFalse(liveness.isSilent(30_000 * MS));
    }

    @Test
    void a_server_is_not_silent_while_nobody_listens() {
        liveness.attached(TIMEOUT, 0, 0);

        liveness.beat(25_000 * MS);

        assertFalse(liveness.isSilent(25_000 * MS));
        assertTrue(liveness.isPingDue(25_000 * MS));
        assertEquals(5_000 * MS, liveness.sessionLeftNanos(25_000 * MS));
    }

    @Test
    void a_late_heartbeat_tells_how_long_the_process_stood_still() {
        long period = liveness.beatNanos();

        assertEquals(0, liveness.beat(period));
        assertEquals(7_000 * MS, liveness.beat(2 * period + 7_000 * MS));
        assertEquals(0, liveness.beat(3 * period + 7_000 * MS));
    }
}
