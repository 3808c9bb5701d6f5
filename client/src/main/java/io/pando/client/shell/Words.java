package io.pando.client.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a typed line apart as a shell does: blanks separate words, unless they are in single or double quotes or behind a
 * backslash. Inside single quotes a backslash is only itself.
 */
final class Words {
    private static final char NONE = 0;

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote = NONE;

    private Words() {}

    /** @throws IllegalArgumentException when a quote is not closed */
    static List<String> of(String line) {
        var words = new Words();
        for (int i = 0; i < line.length(); i++) {
            var escaped = line.charAt(i) == '\\' && words.quote != '\'' && i + 1 < line.length();
            if (escaped && line.charAt(i + 1) == '\n') {
                i++; // the line goes on
            } else if (escaped) {
                words.add(line.charAt(++i));
            } else {
                words.read(line.charAt(i));
            }
        }
        return words.end();
    }

    private void read(char c) {
        if (c == quote) {
            quote = NONE;
        } else if (quote == NONE && (c == '"' || c == '\'')) {
            quote = c;
            inWord = true; // even if nothing is between the quotes
        } else if (quote == NONE && Character.isWhitespace(c)) {
            endWord();
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private List<String> end() {
        if (quote != NONE) {
            throw new IllegalArgumentException("The quote " + quote + " is not closed.");
        }
        endWord();
        return words;
    }
}
