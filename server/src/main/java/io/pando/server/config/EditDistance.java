package io.pando.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How many letters have to be added, removed or changed to make one word of another (Levenshtein), whatever their case. */
final class EditDistance {
    private EditDistance() {}

    /** The candidate nearest to a word, unless even that is so far away that nobody can have meant it. */
    static Optional<String> closest(String word, Collection<String> candidates) {
        var farthest = Math.max(2, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> between(word, candidate) <= farthest)
                .min(Comparator.<String>comparingInt(candidate -> between(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    static int between(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                var changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
