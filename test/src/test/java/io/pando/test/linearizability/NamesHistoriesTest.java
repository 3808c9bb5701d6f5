package io.pando.test.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pando.test.linearizability.Names.Answer;
import io.pando.test.linearizability.Names.Request;
import io.pando.test.linearizability.Verdict.Linearizable;
import io.pando.test.linearizability.Verdict.NotLinearizable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Histories of names that are made, deleted and renamed, known to be right, or wrong. */
class NamesHistoriesTest {
    private static final Answer DONE = new Answer.Done();
    private static final Answer REFUSED = new Answer.Refused();

    private final List<Operation<Request, Answer>> history = new ArrayList<>();

    @Test
    void what_is_made_is_listed_and_refused_a_second_time() {
        add(new Request.Add("a"), DONE, 0, 1);
        add(new Request.Add("a"), REFUSED, 2, 3);
        add(new Request.Children(), listed("a"), 4, 5);

        assertLinearizable();
    }

    @Test
    void what_was_made_must_not_be_missing() {
        add(new Request.Add("a"), DONE, 0, 1);
        add(new Request.Children(), listed(), 2, 3);

        assertRefused();
    }

    @Test
    void of_two_who_make_the_same_at_once_one_is_refused() {
        add(new Request.Add("a"), DONE, 0, 10);
        add(new Request.Add("a"), DONE, 0, 10);

        assertRefused();
    }

    @Test
    void a_renamed_one_is_there_under_one_name_at_any_time() {
        add(new Request.Add("a"), DONE, 0, 1);
        add(new Request.Rename("a", "b"), DONE, 2, 10);
        add(new Request.Children(), listed("a"), 3, 4);
        add(new Request.Children(), listed("b"), 5, 6);

        assertLinearizable();

        add(new Request.Children(), listed("a", "b"), 3, 7);

        assertRefused();
    }

    @Test
    void a_rename_of_nothing_or_onto_something_is_refused() {
        add(new Request.Rename("a", "b"), REFUSED, 0, 1);
        add(new Request.Add("a"), DONE, 2, 3);
        add(new Request.Add("b"), DONE, 4, 5);
        add(new Request.Rename("a", "b"), REFUSED, 6, 7);

        assertLinearizable();
    }

    @Test
    void a_refused_delete_means_that_it_was_not_there() {
        add(new Request.Add("a"), DONE, 0, 1);
        add(new Request.Remove("a"), REFUSED, 2, 3);

        assertRefused();
    }

    @Test
    void what_nobody_knows_may_have_happened_or_not() {
        add(new Request.Add("a"), null, 0, Operation.NEVER);
        add(new Request.Children(), listed(), 1, 2);
        add(new Request.Children(), listed("a"), 3, 4);

        assertLinearizable();

        add(new Request.Children(), listed(), 5, 6);

        assertRefused();
    }

    private static Answer listed(String... names) {
        return new Answer.Listed(Set.of(names));
    }

    private void add(Request request, @Nullable Answer answer, long called, long returned) {
        history.add(new Operation<>("client", "/names", request, answer, called, returned));
    }

    private void assertLinearizable() {
        assertEquals(new Linearizable(), check());
    }

    private void assertRefused() {
        assertInstanceOf(NotLinearizable.class, check());
    }

    private Verdict check() {
        return new Checker<>(new Names(), Duration.ofSeconds(10)).check(history);
    }
}
