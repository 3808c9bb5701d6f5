package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OwnersTest {
    private static final long SESSION = 7;
    private static final Owners.Owner ONE = new Owners.Owner(1, 101, 50);
    private static final Owners.Owner TWO = new Owners.Owner(2, 102, 50);
    private static final Owners.Owner TWO_LATER = new Owners.Owner(2, 102, 60);

    private final Owners owners = new Owners();

    @Test
    void nobody_knows_better_than_the_first_who_claims_a_session() {
        assertTrue(owners.mayAsk(SESSION, 101));

        assertNull(owners.stillAttached(SESSION, ONE));

        assertTrue(owners.mayAsk(SESSION, 101));
        assertFalse(owners.mayAsk(SESSION, 102));
    }

    @Test
    void a_client_that_attaches_itself_elsewhere_is_there() {
        owners.attached(SESSION, ONE);

        assertEquals(ONE, owners.attached(SESSION, TWO));

        assertFalse(owners.mayAsk(SESSION, 101));
        assertTrue(owners.mayAsk(SESSION, 102));
    }

    /** A server stands still before the leader hears whom it has, and its client moves on. */
    @Test
    void news_of_an_attachment_that_come_late_do_not_count_behind_a_write_by_another_server() {
        owners.attached(SESSION, TWO);
        owners.wrote(SESSION);
        owners.stillAttached(SESSION, TWO);

        assertEquals(ONE, owners.attached(SESSION, ONE));

        assertTrue(owners.mayAsk(SESSION, 102));
        assertFalse(owners.mayAsk(SESSION, 101), "what it has to say is older than what was written");
    }

    @Test
    void news_of_an_attachment_that_is_older_than_another_do_not_count() {
        owners.attached(SESSION, TWO_LATER);

        assertEquals(ONE, owners.attached(SESSION, ONE));

        assertTrue(owners.mayAsk(SESSION, 102));
    }

    @Test
    void a_client_that_has_written_here_and_there_is_where_it_went_last() {
        owners.attached(SESSION, ONE);
        owners.wrote(SESSION);

        assertEquals(ONE, owners.attached(SESSION, TWO_LATER));

        assertTrue(owners.mayAsk(SESSION, 102));
        assertFalse(owners.mayAsk(SESSION, 101));
    }

    @Test
    void a_server_that_was_away_does_not_take_a_client_back_that_has_moved_meanwhile() {
        owners.attached(SESSION, ONE);
        owners.attached(SESSION, TWO);

        assertEquals(ONE, owners.stillAttached(SESSION, ONE));

        assertTrue(owners.mayAsk(SESSION, 102));
        assertFalse(owners.mayAsk(SESSION, 101), "what it has held back is older than what came by the other server");
    }

    @Test
    void of_two_servers_that_claim_a_session_of_the_time_before_the_later_one_is_right() {
        owners.stillAttached(SESSION, ONE);

        assertEquals(ONE, owners.stillAttached(SESSION, TWO_LATER));

        assertTrue(owners.mayAsk(SESSION, 102));
        assertEquals(ONE, owners.stillAttached(SESSION, ONE));
    }

    @Test
    void a_server_that_has_started_again_holds_nothing_of_its_earlier_life() {
        owners.attached(SESSION, ONE);

        assertNull(owners.attached(SESSION, new Owners.Owner(1, 111, 55)));

        assertFalse(owners.mayAsk(SESSION, 101));
        assertTrue(owners.mayAsk(SESSION, 111));
    }
}
