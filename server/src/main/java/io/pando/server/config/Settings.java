package io.pando.server.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every key that this version obeys with its value and where that came from; what {@code ServerConfig} is made of. */
final class Settings {
    record Setting<T>(Key<T> key, T value, Origin origin) {}

    private final Map<String, Setting<?>> settings = new HashMap<>(); // by the name of its key
    private final Set<String> wrong = new HashSet<>();

    <T> void put(Key<T> key, T value, Origin origin) {
        settings.put(key.name(), new Setting<>(key, value, origin));
    }

    /** The key was given, with a text that is no value of it. */
    void refuse(Key<?> key) {
        wrong.add(key.name());
    }

    boolean isWrong(Key<?> key) {
        return wrong.contains(key.name());
    }

    /** What was given, or the default; empty if neither is there. */
    <T> Optional<Setting<T>> find(Key<T> key) {
        @SuppressWarnings("unchecked") // put() pairs every key with a setting of its own type
        var given = (Setting<T>) settings.get(key.name());
        return given != null
                ? Optional.of(given)
                : key.fallbackValue().map(value -> new Setting<>(key, value, new Origin.ByDefault()));
    }

    <T> Optional<T> value(Key<T> key) {
        return find(key).map(Setting::value);
    }

    /** The value of a key that has a default. */
    <T> T get(Key<T> key) {
        return value(key).orElseThrow(() -> new IllegalStateException(key.name() + " has neither value nor default"));
    }

    int getInt(Key<Long> key) {
        return Math.toIntExact(get(key));
    }
}
