package io.pando.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A key of ZooKeeper's that changes nothing here, and what follows when somebody gives it.
 *
 * @param reason why, as a sentence for the operator
 * @param harmless values, in lower case, that ask for what Pando does anyway and so need no word; {@code *} is any value
 */
record InertKey(String name, List<String> aliases, Verdict verdict, String reason, Set<String> harmless)
        implements KnownKey {

    enum Verdict {
        /** Tunes something that Pando doesn't have: one warning. */
        NO_MEANING_HERE,
        /** A wish that this version can't fulfil, and that nobody's safety hangs on: one warning. */
        NOT_YET,
        /** A wish for protection or for an ensemble: a server that ignored it would betray the operator. */
        REFUSED
    }

    /** Reads {@code name|alias=harmless,harmless}; everything but the name may be missing. */
    static InertKey of(Verdict verdict, String reason, String entry) {
        var sides = entry.split("=", 2);
        var names = Arrays.asList(sides[0].split("\\|"));
        var harmless = sides.length == 1 ? Set.<String>of() : Set.of(sides[1].split(","));
        return new InertKey(names.get(0), List.copyOf(names.subList(1, names.size())), verdict, reason, harmless);
    }

    static Stream<InertKey> all(Verdict verdict, String reason, String... entries) {
        return Arrays.stream(entries).map(entry -> of(verdict, reason, entry));
    }

    boolean isHarmless(String value) {
        return harmless.contains("*") || harmless.contains(value.toLowerCase(Locale.ROOT));
    }
}
