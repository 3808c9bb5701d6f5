package io.pando.test.linearizability;

import io.pando.test.linearizability.Sequence.Answer;
import io.pando.test.linearizability.Sequence.Made;
import io.pando.test.linearizability.Sequence.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A znode below which nothing but sequential children are made, each under a name of its own, and listed behind a sync: numbers go
 * up by one, and who is listed was made before.
 */
public final class Sequence implements Model<Made, Request, Answer> {
    /** All that was made, the last first: states share what came before. */
    public record Made(@Nullable Made before, String name, int count, int hash) {
        private static final Made NOTHING = new Made(null, "", 0, 0);

        Made and(String next) {
            return new Made(this, next, count + 1, 31 * hash + next.hashCode());
        }

        List<String> names() {
            Deque<String> names = new ArrayDeque<>();
            for (Made made = this; made.before != null; made = made.before) names.push(made.name);
            return List.copyOf(names);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Made made) || made.hash != hash || made.count != count) return false;
            Made mine = this;
            Made its = made;
            while (mine != its) {
                if (!mine.name.equals(its.name) || mine.before == null || its.before == null) return false;
                mine = mine.before;
                its = its.before;
            }
            return true;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return count + " made, the last " + name;
        }
    }

    /** What a client asks for. */
    public sealed interface Request {
        /** A sequential create, with a name that nobody else uses. */
        record Create(String name) implements Request {}

        /** sync, then getChildren. */
        record Children() implements Request {}
    }

    /** What it is told. */
    public sealed interface Answer {
        record Created(int number) implements Answer {}

        /** The names in the order of their numbers, which are 0, 1, 2 and so on. */
        record Listed(List<String> names) implements Answer {}
    }

    @Override
    public Made initial() {
        return Made.NOTHING;
    }

    @Override
    public Optional<Made> step(Made state, Request request, @Nullable Answer answer) {
        return switch (request) {
            case Request.Create create ->
                when(answer == null || answer.equals(new Answer.Created(state.count())), state.and(create.name()));
            case Request.Children children -> when(answer == null || isExactly(state, answer), state);
        };
    }

    private static boolean isExactly(Made state, Answer answer) {
        return answer instanceof Answer.Listed listed
                && listed.names().size() == state.count()
                && listed.names().equals(state.names());
    }

    private static Optional<Made> when(boolean possible, Made next) {
        return possible ? Optional.of(next) : Optional.empty();
    }
}
