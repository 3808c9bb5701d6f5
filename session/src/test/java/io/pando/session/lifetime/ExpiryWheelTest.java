package io.pando.session.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryWheelTest {
    private final ExpiryWheel<Guest> wheel = new ExpiryWheel<>(500);

    @ParameterizedTest
    @CsvSource({"0, 1000, 1500", "1, 1000, 1500", "499, 1000, 1500", "500, 1000, 2000", "0, 999, 1000", "-1, 500, 500"})
    void a_silent_session_lives_for_its_timeout_and_up_to_a_tick_more(long heardMs, int timeoutMs, long deadlineMs) {
        Guest guest = new Guest(heardMs, timeoutMs);
        wheel.put(guest);

        assertEquals(List.of(), wheel.expire(deadlineMs - 1));
        assertEquals(List.of(guest), wheel.expire(deadlineMs));
        assertEquals(List.of(), wheel.expire(deadlineMs + 10_000));
        assertEquals(0, wheel.size());
    }

    @Test
    void a_sign_of_life_gives_the_whole_timeout_again() {
        Guest guest = new Guest(0, 1000);
        wheel.put(guest);

        guest.heardMs = 1400;

        assertEquals(List.of(), wheel.expire(1500));
        assertEquals(List.of(), wheel.expire(2499));
        assertEquals(List.of(guest), wheel.expire(2500));
    }

    @Test
    void a_removed_session_does_not_expire() {
        Guest guest = new Guest(0, 1000);
        wheel.put(guest);

        wheel.remove(guest);
        wheel.remove(guest);

        assertEquals(0, wheel.size());
        assertEquals(List.of(), wheel.expire(1_000_000));
    }

    @Test
    void a_shorter_timeout_holds_once_the_session_is_put_again() {
        Guest guest = new Guest(0, 60_000);
        wheel.put(guest);

        guest.timeoutMs = 1000;
        wheel.put(guest);

        assertEquals(1, wheel.size());
        assertEquals(List.of(guest), wheel.expire(1500));
    }

    @Test
    void a_pause_of_the_server_is_not_held_against_those_it_could_not_hear() {
        Guest before = new Guest(0, 1000);
        Guest after = new Guest(0, 1000);
        wheel.put(before);
        wheel.put(after);

        wheel.postpone(3000, 2900);
        after.heardMs = 3000;

        assertEquals(List.of(), wheel.expire(3999));
        assertEquals(List.of(before), wheel.expire(4000));
        assertEquals(List.of(), wheel.expire(4499));
        assertEquals(List.of(after), wheel.expire(4500));
    }

    @Test
    void several_pauses_add_up() {
        Guest guest = new Guest(0, 1000);
        wheel.put(guest);

        wheel.postpone(900, 500);
        wheel.postpone(1400, 400);

        assertEquals(List.of(), wheel.expire(1999));
        assertEquals(List.of(guest), wheel.expire(2000));
    }

    @Test
    void a_late_look_finds_all_that_expired_meanwhile_in_the_order_of_their_deadlines() {
        Guest later = new Guest(0, 9000);
        Guest sooner = new Guest(0, 1000);
        Guest never = new Guest(100_000, 1000);
        List.of(later, sooner, never).forEach(wheel::put);

        assertEquals(List.of(sooner, later), wheel.expire(100_000));
        assertEquals(1, wheel.size());
    }

    @Test
    void a_tick_takes_time() {
        assertThrows(IllegalArgumentException.class, () -> new ExpiryWheel<Guest>(0));
    }
}
