package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OwnersTest {
    private static final long SESSION = 7;
    private static final long EPOCH = 5L << 32;
    private static final Owners.Owner BEGAN_AT_ONE = new Owners.Owner(1, 101, Owners.ordinalOfCreation(EPOCH | 70_000));
    private static final Owners.Owner ONE = new Owners.Owner(1, 101, EPOCH | 1);
    private static final Owners.Owner TWO = new Owners.Owner(2, 102, EPOCH | 2);

    private final Owners owners = new Owners();

    @Test
    void nobody_knows_better_than_the_first_who_claims_a_session() {
        assertTrue(owners.mayAsk(SESSION, 101));

        assertNull(owners.claimed(SESSION, ONE));

        assertTrue(owners.mayAsk(SESSION, 101));
        assertFalse(owners.mayAsk(SESSION, 102));
    }

    @Test
    void a_client_that_attaches_itself_elsewhere_is_there() {
        owners.claimed(SESSION, BEGAN_AT_ONE);

        assertEquals(BEGAN_AT_ONE, owners.claimed(SESSION, TWO));

        assertFalse(owners.mayAsk(SESSION, 101));
        assertTrue(owners.mayAsk(SESSION, 102));
    }

    /** A server stands still before the leader hears whom it has, or is away, and its client moves on. */
    @Test
    void news_of_an_attachment_that_come_late_do_not_count() {
        owners.claimed(SESSION, TWO);

        assertEquals(ONE, owners.claimed(SESSION, ONE));
        assertEquals(BEGAN_AT_ONE, owners.claimed(SESSION, BEGAN_AT_ONE));

        assertTrue(owners.mayAsk(SESSION, 102));
        assertFalse(owners.mayAsk(SESSION, 101), "what it has held back is older than what came by the other server");
    }

    @Test
    void an_attachment_under_a_later_leader_is_later_however_many_there_were_before() {
        owners.claimed(SESSION, TWO);
        Owners.Owner later = new Owners.Owner(1, 101, 6L << 32 | 1);

        assertEquals(TWO, owners.claimed(SESSION, later));

        assertEquals(TWO, owners.claimed(SESSION, TWO));
    }

    @Test
    void a_client_that_comes_back_to_a_server_is_there() {
        owners.claimed(SESSION, ONE);
        owners.claimed(SESSION, TWO);

        assertEquals(TWO, owners.claimed(SESSION, new Owners.Owner(1, 101, EPOCH | 3)));

        assertTrue(owners.mayAsk(SESSION, 101));
    }

    @Test
    void a_server_that_has_started_again_holds_nothing_of_its_earlier_life() {
        owners.claimed(SESSION, ONE);

        assertNull(owners.claimed(SESSION, new Owners.Owner(1, 111, EPOCH | 4)));

        assertFalse(owners.mayAsk(SESSION, 101));
        assertTrue(owners.mayAsk(SESSION, 111));
    }

    /** There may be many thousands of sessions. */
    @Test
    void sessions_that_begin_at_a_server_have_one_owner_between_them() {
        for (long session = 1; session <= 2; session++) {
            owners.claimed(session, new Owners.Owner(1, 101, EPOCH));
        }

        assertSame(owners.claimed(1, TWO), owners.claimed(2, TWO));
    }
}
