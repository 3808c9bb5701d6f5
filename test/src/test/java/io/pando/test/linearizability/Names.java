package io.pando.test.linearizability;

import io.pando.test.linearizability.Names.Answer;
import io.pando.test.linearizability.Names.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A znode below which children of a few names are created, deleted and, in one transaction, renamed; and listed behind a sync. It begins
 * with none.
 */
public final class Names implements Model<Set<String>, Request, Answer> {
    /** Few, so that clients get in each other's way. */
    public static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    /** What a client asks for. */
    public sealed interface Request {
        /** create. */
        record Add(String name) implements Request {}

        /** delete. */
        record Remove(String name) implements Request {}

        /** A multi of a delete and a create. */
        record Rename(String from, String to) implements Request {}

        /** sync, then getChildren. */
        record Children() implements Request {}
    }

    /** What it is told. */
    public sealed interface Answer {
        record Done() implements Answer {}

        /** It is there already, or not there. */
        record Refused() implements Answer {}

        record Listed(Set<String> names) implements Answer {}
    }

    @Override
    public Set<String> initial() {
        return Set.of();
    }

    @Override
    public Optional<Set<String>> step(Set<String> state, Request request, @Nullable Answer answer) {
        return switch (request) {
            case Request.Add add -> change(state, !state.contains(add.name()), "", add.name(), answer);
            case Request.Remove remove -> change(state, state.contains(remove.name()), remove.name(), "", answer);
            case Request.Rename rename -> {
                boolean possible = state.contains(rename.from()) && !state.contains(rename.to());
                yield change(state, possible, rename.from(), rename.to(), answer);
            }
            case Request.Children ignored -> when(answer == null || answer.equals(new Answer.Listed(state)), state);
        };
    }

    private static Optional<Set<String>> change(
            Set<String> state, boolean possible, String without, String with, @Nullable Answer answer) {
        if (!possible) return when(answer == null || answer instanceof Answer.Refused, state);
        Set<String> next = new HashSet<>(state);
        next.remove(without);
        if (!with.isEmpty()) next.add(with);
        return when(answer == null || answer instanceof Answer.Done, Set.copyOf(next));
    }

    private static Optional<Set<String>> when(boolean possible, Set<String> next) {
        return possible ? Optional.of(next) : Optional.empty();
    }
}
