package io.pando.test.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pando.test.linearizability.Sequence.Answer;
import io.pando.test.linearizability.Sequence.Request;
import io.pando.test.linearizability.Verdict.Linearizable;
import io.pando.test.linearizability.Verdict.NotLinearizable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Histories of sequential creates that are known to be right, or wrong. */
class SequenceHistoriesTest {
    private final List<Operation<Request, Answer>> history = new ArrayList<>();

    @Test
    void numbers_go_up_by_one_whoever_creates() {
        add("a", create("x"), new Answer.Created(1), 0, 10);
        add("b", create("y"), new Answer.Created(0), 0, 10);
        add("c", children(), listed("y", "x"), 11, 12);

        assertLinearizable();
    }

    @Test
    void no_number_is_given_twice() {
        add("a", create("x"), new Answer.Created(0), 0, 10);
        add("b", create("y"), new Answer.Created(0), 0, 10);

        assertRefused();
    }

    @Test
    void a_later_create_has_a_higher_number() {
        add("a", create("x"), new Answer.Created(1), 0, 1);
        add("b", create("y"), new Answer.Created(0), 2, 3);

        assertRefused();
    }

    @Test
    void a_number_is_left_out_only_where_a_create_is_unknown() {
        add("a", create("x"), new Answer.Created(1), 2, 3);

        assertRefused();

        add("b", create("y"), null, 0, Operation.NEVER);

        assertLinearizable();
    }

    @Test
    void who_was_created_stays_listed() {
        add("a", create("x"), new Answer.Created(0), 0, 1);
        add("b", create("y"), new Answer.Created(1), 2, 3);
        add("c", children(), listed("x"), 4, 5);

        assertRefused();
    }

    @Test
    void who_is_listed_under_a_number_stays_under_it() {
        add("a", create("x"), null, 0, Operation.NEVER);
        add("b", create("y"), null, 0, Operation.NEVER);
        add("c", children(), listed("x", "y"), 1, 2);
        add("c", children(), listed("y", "x"), 3, 4);

        assertRefused();
    }

    @Test
    void nobody_is_listed_who_was_not_created() {
        add("a", create("x"), null, 0, Operation.NEVER);
        add("c", children(), listed("x", "x"), 1, 2);

        assertRefused();
    }

    private void assertLinearizable() {
        assertEquals(new Linearizable(), check());
    }

    private void assertRefused() {
        assertInstanceOf(NotLinearizable.class, check());
    }

    private Verdict check() {
        return new Checker<>(new Sequence(), Duration.ofSeconds(10)).check(history);
    }

    private void add(String client, Request request, @Nullable Answer answer, long called, long returned) {
        history.add(new Operation<>(client, "key", request, answer, called, returned));
    }

    private static Request create(String name) {
        return new Request.Create(name);
    }

    private static Request children() {
        return new Request.Children();
    }

    private static Answer listed(String... names) {
        return new Answer.Listed(List.of(names));
    }
}
