package io.pando.test.linearizability;

import io.pando.test.linearizability.Register.Answer;
import io.pando.test.linearizability.Register.Content;
import io.pando.test.linearizability.Register.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A znode that exists from the beginning, set under an expected version and read behind a sync. */
public final class Register implements Model<Content, Request, Answer> {
    /** Any version will do. */
    public static final int ANY = -1;

    /** Data and version of the znode. */
    public record Content(String value, int version) {
        Content next(String newValue) {
            return new Content(newValue, version + 1);
        }
    }

    /** What a client asks for. */
    public sealed interface Request {
        /** setData. */
        record Set(String value, int expectedVersion) implements Request {}

        /** sync, then getData. */
        record Read() implements Request {}
    }

    /** What it is told. */
    public sealed interface Answer {
        record Written(int version) implements Answer {}

        record BadVersion() implements Answer {}

        record Found(Content content) implements Answer {}
    }

    private final Content initial;

    public Register(String initialValue) {
        this.initial = new Content(initialValue, 0);
    }

    @Override
    public Content initial() {
        return initial;
    }

    @Override
    public Optional<Content> step(Content state, Request request, @Nullable Answer answer) {
        return switch (request) {
            case Request.Set set -> set(state, set, answer);
            case Request.Read read -> when(answer == null || answer.equals(new Answer.Found(state)), state);
        };
    }

    private static Optional<Content> set(Content state, Request.Set set, @Nullable Answer answer) {
        if (set.expectedVersion() != ANY && set.expectedVersion() != state.version()) {
            return when(answer == null || answer instanceof Answer.BadVersion, state);
        }
        Content next = state.next(set.value());
        return when(answer == null || answer.equals(new Answer.Written(next.version())), next);
    }

    private static Optional<Content> when(boolean possible, Content next) {
        return possible ? Optional.of(next) : Optional.empty();
    }
}
