package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Password;
import io.pando.datatree.Txn;
import io.pando.session.lifetime.SessionIds;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions that fall silent, and servers that do; time is given by the test. */
class SessionsTest {
    private static final int TICK_MS = 100;
    private static final int LOOK_EVERY_MS = 25;
    private static final int PAUSE_MS = 500;
    private static final int TIMEOUT_MS = 1000;
    private static final long BEGIN_MS = 1_000_000;
    private static final long ID = 0x1234;

    private final Sessions sessions = new Sessions(
            new SessionLimits(TICK_MS, 2 * TICK_MS, 20 * TICK_MS),
            new Ticks(LOOK_EVERY_MS, PAUSE_MS),
            new SessionIds(1, BEGIN_MS),
            new SecureRandom());

    private long nowMs = BEGIN_MS;

    SessionsTest() {
        sessions.begin(nowMs);
        sessions.created(new Txn.CreateSession(ID, TIMEOUT_MS, new Password(0, 0)), 1, null);
    }

    @Test
    void a_session_that_is_silent_for_its_timeout_expires_within_a_tick_after_it() {
        assertEquals(List.of(), tickFor(TIMEOUT_MS));

        assertEquals(List.of(ID), tickFor(TICK_MS));
    }

    @Test
    void an_end_that_could_not_be_proposed_is_due_again_at_the_next_tick() {
        tickFor(TIMEOUT_MS);
        nowMs += TICK_MS;
        sessions.tick(nowMs);
        Session expired = sessions.takeSilent(sessions.question()).getFirst();

        sessions.postponeEnd(expired);

        assertEquals(List.of(ID), tickFor(LOOK_EVERY_MS));
        assertEquals(List.of(), tickFor(TIMEOUT_MS + TICK_MS));
    }

    @Test
    void an_end_that_its_client_asked_for_in_vain_does_not_keep_a_session_from_expiring() {
        sessions.all().iterator().next().beginClosing();
        assertEquals(List.of(), tickFor(TIMEOUT_MS + TICK_MS));

        sessions.goesOn(ID);

        assertEquals(List.of(ID), tickFor(TICK_MS));
    }

    @Test
    void a_session_expires_once() {
        tickFor(TIMEOUT_MS + TICK_MS);

        assertEquals(List.of(), tickFor(TIMEOUT_MS + TICK_MS));
    }

    @Test
    void a_session_whose_time_is_up_lives_until_a_quorum_has_confirmed_that_this_server_led_then() {
        fallSilent();
        long question = sessions.question();

        assertEquals(List.of(), silentAfter(question - 1), "what was confirmed before its time was up says nothing");
        assertEquals(List.of(ID), silentAfter(question));
        assertEquals(List.of(), silentAfter(question), "it ends once");
    }

    @Test
    void a_session_that_is_heard_of_before_the_confirmation_lives_for_its_timeout_again() {
        fallSilent();

        sessions.heard(List.of(ID));

        assertEquals(List.of(), silentAfter(sessions.question()));
        assertEquals(List.of(), tickFor(TIMEOUT_MS));
        assertEquals(List.of(ID), tickFor(TICK_MS));
    }

    @Test
    void all_whose_time_is_up_at_one_look_wait_for_one_confirmation_and_those_of_the_next_for_another() {
        long first = sessions.question() + 1;
        sessions.created(new Txn.CreateSession(ID + 1, TIMEOUT_MS, new Password(0, 0)), 2, null);
        sessions.created(new Txn.CreateSession(ID + 2, TIMEOUT_MS + TICK_MS, new Password(0, 0)), 3, null);

        fallSilent();
        assertEquals(first, sessions.question());
        lookFor(TICK_MS);
        assertEquals(first + 1, sessions.question());

        assertEquals(List.of(ID, ID + 1), silentAfter(first));
        assertEquals(List.of(ID + 2), silentAfter(first + 1));
    }

    @Test
    void while_nobodys_time_is_up_nothing_has_to_be_confirmed() {
        assertFalse(lookFor(TIMEOUT_MS));
        assertTrue(lookFor(TICK_MS));
        assertFalse(lookFor(TIMEOUT_MS), "it was asked about once, and lives as long as there is no answer");
    }

    @Test
    void a_confirmation_for_an_earlier_leadership_ends_nobody() {
        fallSilent();
        long question = sessions.question();
        sessions.leaderLost();
        sessions.beginLeading();

        assertEquals(List.of(), silentAfter(question));
        assertEquals(List.of(), tickFor(TIMEOUT_MS));
        assertEquals(List.of(ID), tickFor(TICK_MS));
    }

    @Test
    void a_session_that_its_client_ends_before_the_confirmation_ends_once() {
        fallSilent();

        sessions.closed(ID, 5, null);

        assertEquals(List.of(), silentAfter(sessions.question()));
        assertEquals(List.of(), tickFor(2 * TIMEOUT_MS));
    }

    @Test
    void a_session_whose_client_asks_for_its_end_before_the_confirmation_expires_if_that_is_refused() {
        fallSilent();
        sessions.all().iterator().next().beginClosing();
        assertEquals(List.of(), silentAfter(sessions.question()));

        sessions.goesOn(ID);

        assertEquals(List.of(ID), tickFor(LOOK_EVERY_MS));
    }

    @Test
    void while_the_whole_server_stood_still_no_silence_counted() {
        tickFor(TIMEOUT_MS / 2);

        nowMs += 10 * TIMEOUT_MS;

        assertEquals(List.of(), tick());
        assertEquals(List.of(), tickFor(TIMEOUT_MS / 2 - LOOK_EVERY_MS));
        assertEquals(List.of(ID), tickFor(2 * TICK_MS));
    }

    @Test
    void ticks_that_pile_up_during_a_pause_take_nothing_back() {
        nowMs += 10 * TIMEOUT_MS;

        for (int i = 0; i < 400; i++) {
            assertEquals(List.of(), tick());
        }
        assertEquals(List.of(), tickFor(TIMEOUT_MS - LOOK_EVERY_MS));
    }

    @Test
    void who_takes_over_after_a_pause_gives_everybody_the_whole_timeout_again() {
        tickFor(TIMEOUT_MS / 2);

        nowMs += 10 * TIMEOUT_MS;
        sessions.timeIs(nowMs);
        sessions.beginLeading();

        assertEquals(List.of(), tickFor(TIMEOUT_MS));
        assertEquals(List.of(ID), tickFor(TICK_MS));
    }

    @Test
    void a_pause_in_the_very_moment_of_taking_over_counts_against_nobody() {
        sessions.beginLeading();

        nowMs += 10 * TIMEOUT_MS;

        assertEquals(List.of(), tick());
        assertEquals(List.of(), tickFor(TIMEOUT_MS - LOOK_EVERY_MS));
        assertEquals(List.of(ID), tickFor(2 * TICK_MS));
    }

    @Test
    void a_server_that_is_only_slow_still_counts() {
        long end = nowMs + TIMEOUT_MS + TICK_MS + PAUSE_MS;
        int expired = 0;
        while (nowMs < end) {
            nowMs += PAUSE_MS;
            expired += tick().size();
        }

        assertEquals(1, expired);
    }

    /** Lets the time go on, with a look at the clock as often as there should be; answers who has expired. */
    private List<Long> tickFor(int ms) {
        List<Long> expired = new ArrayList<>();
        for (long end = nowMs + ms; nowMs < end; ) {
            nowMs += LOOK_EVERY_MS;
            expired.addAll(tick());
        }
        return expired;
    }

    /** A look at the clock, and what follows if a quorum confirms at once that this server leads. */
    private List<Long> tick() {
        return sessions.tick(nowMs) ? silentAfter(sessions.question()) : List.of();
    }

    private void fallSilent() {
        lookFor(TIMEOUT_MS + TICK_MS);
    }

    /** Lets the time go on without any confirmation; answers whether one was wanted. */
    private boolean lookFor(int ms) {
        boolean wanted = false;
        for (long end = nowMs + ms; nowMs < end; ) {
            nowMs += LOOK_EVERY_MS;
            wanted |= sessions.tick(nowMs);
        }
        return wanted;
    }

    private List<Long> silentAfter(long answered) {
        return sessions.takeSilent(answered).stream().map(Session::id).toList();
    }
}
