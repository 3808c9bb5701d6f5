package io.pando.test.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pando.test.linearizability.Register.Answer;
import io.pando.test.linearizability.Register.Content;
import io.pando.test.linearizability.Register.Request;
import io.pando.test.linearizability.Verdict.Linearizable;
import io.pando.test.linearizability.Verdict.NotLinearizable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Histories made by a real register, one operation after the other, and what becomes of them when they are touched. */
class CheckerPropertiesTest {
    private static final int CLIENTS = 6;
    private static final int NANOS_APART = 10;

    private final Checker<Content, Request, Answer> checker = new Checker<>(new Register(""), Duration.ofSeconds(20));

    @Property(tries = 200)
    void one_after_the_other_is_linearizable(@ForAll Random random, @ForAll @IntRange(min = 1, max = 300) int length) {
        assertEquals(new Linearizable(), checker.check(sequential(random, length)));
    }

    @Property(tries = 200)
    void one_altered_answer_is_noticed(@ForAll Random random, @ForAll @IntRange(min = 1, max = 300) int length) {
        List<Operation<Request, Answer>> history = sequential(random, length);
        int altered = random.nextInt(length);
        history.set(altered, altered(history.get(altered), random));

        assertInstanceOf(NotLinearizable.class, checker.check(history));
    }

    /** Each takes longer than it did, and of some the end is not known: that only leaves more orders to choose from. */
    @Property(tries = 200)
    void it_stays_linearizable_however_long_calls_take_and_whatever_is_not_known(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 200) int length) {
        List<Operation<Request, Answer>> history = sequential(random, length);
        int unknown = 0;
        for (int i = 0; i < length; i++) {
            boolean forget = unknown < 4 && random.nextInt(20) == 0;
            if (forget) unknown++;
            history.set(i, stretched(history.get(i), random, forget));
        }

        assertEquals(new Linearizable(), checker.check(history));
    }

    private static List<Operation<Request, Answer>> sequential(Random random, int length) {
        List<Operation<Request, Answer>> history = new ArrayList<>();
        Content state = new Content("", 0);
        for (int i = 0; i < length; i++) {
            Request request = draw(random, state, i);
            Answer answer = new Answer.Found(state);
            if (request instanceof Request.Set set) {
                boolean fits = set.expectedVersion() == state.version() || set.expectedVersion() == Register.ANY;
                if (fits) state = state.next(set.value());
                answer = fits ? new Answer.Written(state.version()) : new Answer.BadVersion();
            }
            long called = (long) i * NANOS_APART;
            String client = "client-" + i % CLIENTS;
            history.add(new Operation<>(client, "key", request, answer, called, called + NANOS_APART / 2));
        }
        return history;
    }

    private static Request draw(Random random, Content state, int number) {
        return switch (random.nextInt(4)) {
            case 0 -> new Request.Read();
            case 1 -> new Request.Set("value-" + number, Register.ANY);
            case 2 -> new Request.Set("value-" + number, state.version() + 1);
            default -> new Request.Set("value-" + number, state.version());
        };
    }

    private static Operation<Request, Answer> altered(Operation<Request, Answer> right, Random random) {
        Answer wrong = switch (right.output()) {
            case Answer.Written written when random.nextBoolean() -> new Answer.BadVersion();
            case Answer.Written written -> new Answer.Written(written.version() + 1);
            case Answer.BadVersion refused -> new Answer.Written(random.nextInt(300));
            case Answer.Found found
            when random.nextBoolean() ->
                new Answer.Found(new Content(
                        found.content().value() + "?", found.content().version()));
            case Answer.Found found ->
                new Answer.Found(
                        new Content(found.content().value(), found.content().version() - 1));
            case null -> throw new IllegalStateException("All are known");
        };
        return new Operation<>(
                right.client(), right.key(), right.input(), wrong, right.calledNanos(), right.returnedNanos());
    }

    private static Operation<Request, Answer> stretched(
            Operation<Request, Answer> operation, Random random, boolean forget) {
        long called = operation.calledNanos() - random.nextInt(3 * NANOS_APART);
        long returned = operation.returnedNanos() + random.nextInt(3 * NANOS_APART);
        return new Operation<>(
                operation.client(),
                operation.key(),
                operation.input(),
                forget ? null : operation.output(),
                called,
                forget ? Operation.NEVER : returned);
    }
}
