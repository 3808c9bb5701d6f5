package io.pando.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where configuration comes from. Later ones win: the file, then environment variables, then {@code --set key=value}.
 *
 * <p>The variable of a key is {@code PANDO_SET_} and the key with {@code _} for whatever is not a letter or digit, in any case:
 * {@code PANDO_SET_JUTE_MAXBUFFER}. Other variables that begin with {@code PANDO_} are somebody else's, such as those that Kubernetes makes
 * up for a service called pando.
 *
 * @param file empty if the server is started without one
 * @param sets the texts after {@code --set}
 */
public record Sources(Optional<Path> file, Map<String, String> environment, List<String> sets) {
    static final String VARIABLE_PREFIX = "PANDO_SET_";

    /** Nothing but {@code key=value} texts, for servers inside tests. */
    public static Sources of(String... sets) {
        return new Sources(Optional.empty(), Map.of(), List.of(sets));
    }

    /** What was given for every key, and what about the form of it is wrong or doubtful. */
    Map<String, Given> collect(KeyTable table, List<String> problems, List<String> warnings) {
        var effective = new LinkedHashMap<String, Given>();
        file.map(path -> PropertiesFile.read(path, problems)).orElse(List.of()).forEach(given -> {
            var earlier = effective.put(identity(table, given.key()), given);
            if (earlier != null) {
                warnings.add(given.describe() + " replaces the value at "
                        + earlier.origin().describe() + "; remove one of the two.");
            }
        });
        for (var given : fromEnvironment(table, problems)) {
            effective.put(identity(table, given.key()), given);
        }
        for (var given : fromCommandLine(problems)) {
            effective.put(identity(table, given.key()), given);
        }
        return effective;
    }

    /** Two spellings of one key are one key. */
    private static String identity(KeyTable table, String written) {
        return table.find(written)
                .filter(key -> !key.isFamily())
                .map(KnownKey::name)
                .orElse(written);
    }

    private List<Given> fromEnvironment(KeyTable table, List<String> problems) {
        var givens = new ArrayList<Given>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.regionMatches(true, 0, VARIABLE_PREFIX, 0, VARIABLE_PREFIX.length())) {
                var origin = new Origin.InEnvironment(variable);
                table.findByVariable(variable.substring(VARIABLE_PREFIX.length()))
                        .ifPresentOrElse(
                                key -> givens.add(new Given(key, value.strip(), origin)),
                                () -> problems.add(
                                        origin.describe() + ": no key is called so." + suggestion(table, variable)));
            }
        });
        return givens;
    }

    private static String suggestion(KeyTable table, String variable) {
        return table.closest(variable.substring(VARIABLE_PREFIX.length()))
                .map(key -> " Did you mean " + VARIABLE_PREFIX + KeyTable.asVariable(key) + "?")
                .orElse("");
    }

    private List<Given> fromCommandLine(List<String> problems) {
        var givens = new ArrayList<Given>();
        for (var set : sets) {
            var equals = set.indexOf('=');
            if (equals > 0) {
                givens.add(new Given(
                        set.substring(0, equals).strip(),
                        set.substring(equals + 1).strip(),
                        new Origin.OnCommandLine()));
            } else {
                problems.add("--set " + set + ": expected key=value.");
            }
        }
        return givens;
    }
}
