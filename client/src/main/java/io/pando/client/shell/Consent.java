package io.pando.client.shell;

import java.util.function.Function;

/** Asks before what can't be undone: the person at the terminal, or nobody, and then {@code --yes} has to be there. */
final class Consent {
    private final Function<String, String> ask;
    private final boolean someoneIsThere;
    private boolean given;

    /**
     * A shell's way to ask.
     *
     * @param ask prints a question and returns the answer
     * @param someoneIsThere whether there is anybody to answer it
     */
    Consent(Function<String, String> ask, boolean someoneIsThere) {
        this.ask = ask;
        this.someoneIsThere = someoneIsThere;
    }

    /** Whether the command that runs next was given with {@code --yes}. */
    void given(boolean yes) {
        given = yes;
    }

    /**
     * Goes on only if that is wanted.
     *
     * @param what would be done, as a sentence
     * @throws MistakeException if it is not wanted, or nobody could be asked
     */
    void require(String what) {
        if (given) {
            return;
        }
        if (!someoneIsThere) {
            throw new MistakeException(what + " Nothing was done; say --yes if that is meant.");
        }
        if (!ask.apply(what + " Go on? [y/N] ").strip().matches("(?i)y|yes")) {
            throw new MistakeException("Nothing was done.");
        }
    }
}
