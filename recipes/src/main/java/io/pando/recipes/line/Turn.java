package io.pando.recipes.line;

import java.util.List;
import java.util.Optional;

/** The rule of who has to go before one's turn has come. */
@FunctionalInterface
public interface Turn {
    /** One after another: everybody waits for the one right in front, so that nobody is woken who can't go on. */
    Turn ONE_BY_ONE = (line, own) -> {
        int place = line.indexOf(own);
        return place == 0 ? Optional.empty() : Optional.of(line.get(place - 1));
    };

    /**
     * Whom to wait for next.
     *
     * @param line the names of all, from the front on
     * @param own which is one of them
     * @return the name of one in front, or empty when the turn has come
     */
    Optional<String> waitsFor(List<String> line, String own);
}
