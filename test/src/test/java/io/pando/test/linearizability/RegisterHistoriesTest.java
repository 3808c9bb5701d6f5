package io.pando.test.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.linearizability.Register.Answer;
import io.pando.test.linearizability.Register.Content;
import io.pando.test.linearizability.Register.Request;
import io.pando.test.linearizability.Verdict.Linearizable;
import io.pando.test.linearizability.Verdict.NotLinearizable;
import io.pando.test.linearizability.Verdict.TimedOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Histories of a register that are known to be right, or wrong. Times are small numbers, to be read as a drawing. */
class RegisterHistoriesTest {
    private final List<Operation<Request, Answer>> history = new ArrayList<>();

    @Test
    void what_overlaps_may_have_happened_in_either_order() {
        add("a", set("x", Register.ANY), written(2), 0, 10);
        add("b", set("y", Register.ANY), written(1), 1, 9);
        add("c", read(), found("x", 2), 11, 12);

        assertLinearizable();
    }

    @Test
    void a_read_that_overlaps_a_write_sees_it_or_does_not() {
        add("a", set("x", 0), written(1), 0, 10);
        add("b", read(), found("", 0), 1, 2);
        add("c", read(), found("x", 1), 3, 4);

        assertLinearizable();
    }

    @Test
    void a_read_after_a_read_that_saw_the_write_sees_it_too() {
        add("a", set("x", 0), written(1), 0, 10);
        add("b", read(), found("x", 1), 1, 2);
        add("c", read(), found("", 0), 3, 4);

        assertRefused();
    }

    @Test
    void a_write_that_returned_is_seen_by_what_is_called_later() {
        add("a", set("x", 0), written(1), 0, 1);
        add("b", read(), found("", 0), 2, 3);

        assertRefused();
    }

    @Test
    void two_writers_cannot_both_have_had_the_right_version() {
        add("a", set("x", 0), written(1), 0, 10);
        add("b", set("y", 0), written(1), 0, 10);

        assertRefused();
    }

    @Test
    void of_two_writers_of_one_version_one_is_refused() {
        add("a", set("x", 0), written(1), 0, 10);
        add("b", set("y", 0), new Answer.BadVersion(), 0, 10);
        add("b", read(), found("x", 1), 11, 12);

        assertLinearizable();
    }

    @Test
    void nobody_is_refused_for_a_version_that_is_right() {
        add("a", set("x", 0), new Answer.BadVersion(), 0, 1);

        assertRefused();
    }

    @Test
    void an_acknowledged_write_that_is_gone_is_noticed() {
        add("a", set("x", 0), written(1), 0, 1);
        add("a", set("y", 1), written(2), 2, 3);
        add("b", read(), found("x", 1), 4, 5);

        assertRefused();
    }

    @Test
    void an_unknown_write_may_have_happened_late() {
        add("a", set("x", 0), null, 0, Operation.NEVER);
        add("b", read(), found("", 0), 1, 2);
        add("b", read(), found("x", 1), 3, 4);

        assertLinearizable();
    }

    @Test
    void an_unknown_write_may_never_have_happened() {
        add("a", set("x", 0), null, 0, Operation.NEVER);
        add("b", set("y", 0), written(1), 1, 2);
        add("b", read(), found("y", 1), 3, 4);

        assertLinearizable();
    }

    @Test
    void an_unknown_write_happens_once_at_most_and_not_before_its_call() {
        add("b", read(), found("x", 1), 0, 1);
        add("a", set("x", 0), null, 2, Operation.NEVER);

        assertRefused();
        history.clear();

        add("a", set("x", Register.ANY), null, 0, Operation.NEVER);
        add("b", set("y", 1), written(2), 1, 2);
        add("b", read(), found("x", 3), 3, 4);

        assertRefused();
    }

    @Test
    void keys_are_judged_by_themselves() {
        add("a", set("x", 0), written(1), 0, 1);
        history.add(new Operation<>("a", "other", read(), found("", 0), 2, 3));

        assertLinearizable();
    }

    @Test
    void a_refusal_shows_how_far_it_went_and_what_was_under_way() {
        add("a", set("x", 0), written(1), 0, 1);
        add("b", set("y", 1), written(2), 2, 3);
        add("c", read(), found("x", 1), 4, 7);
        add("d", read(), found("nonsense", 9), 5, 6);

        NotLinearizable refusal = assertInstanceOf(NotLinearizable.class, check(Duration.ofSeconds(10)));

        assertEquals(history.subList(0, 2), refusal.prefix());
        assertEquals(history.subList(2, 4), refusal.stuck());
        assertTrue(refusal.toString().contains("nonsense"), refusal::toString);
    }

    @Test
    void a_search_that_takes_too_long_is_neither_right_nor_wrong() {
        for (int i = 0; i < 24; i++) add("client-" + i, set("x" + i, Register.ANY), null, 0, Operation.NEVER);
        add("reader", read(), found("nobody wrote this", 12), 101, 102);

        assertInstanceOf(TimedOut.class, check(Duration.ZERO));
    }

    private void assertLinearizable() {
        assertEquals(new Linearizable(), check(Duration.ofSeconds(10)));
    }

    private void assertRefused() {
        assertInstanceOf(NotLinearizable.class, check(Duration.ofSeconds(10)));
    }

    private Verdict check(Duration patience) {
        return new Checker<>(new Register(""), patience).check(history);
    }

    private void add(String client, Request request, @Nullable Answer answer, long called, long returned) {
        history.add(new Operation<>(client, "key", request, answer, called, returned));
    }

    private static Request set(String value, int expectedVersion) {
        return new Request.Set(value, expectedVersion);
    }

    private static Request read() {
        return new Request.Read();
    }

    private static Answer written(int version) {
        return new Answer.Written(version);
    }

    private static Answer found(String value, int version) {
        return new Answer.Found(new Content(value, version));
    }
}
