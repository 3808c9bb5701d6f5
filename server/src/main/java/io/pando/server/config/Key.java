package io.pando.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A key that this version obeys.
 *
 * @param fallback what holds when the key is not given; a text to read, or (if {@code derived}) a remark on where the value
 *     comes from then
 * @param about what it decides and its unit, for {@code config keys}
 */
record Key<T>(String name, List<String> aliases, ValueType<T> type, String fallback, boolean derived, String about)
        implements KnownKey {

    Key {
        if (!derived && type.parse(fallback).isEmpty()) {
            throw new IllegalArgumentException("The default of " + name + " is not " + type.allowed());
        }
    }

    /** A key with a default of its own. {@code names} is its name and, behind bars, its aliases. */
    static <T> Key<T> of(String names, ValueType<T> type, String fallback, String about) {
        return named(names, type, fallback, false, about);
    }

    /** A key whose absence means something that {@code remark} describes. */
    static <T> Key<T> optional(String names, ValueType<T> type, String remark, String about) {
        return named(names, type, remark, true, about);
    }

    private static <T> Key<T> named(String names, ValueType<T> type, String fallback, boolean derived, String about) {
        var all = Arrays.asList(names.split("\\|"));
        return new Key<>(all.get(0), List.copyOf(all.subList(1, all.size())), type, fallback, derived, about);
    }

    Optional<T> fallbackValue() {
        return derived ? Optional.empty() : type.parse(fallback);
    }
}
