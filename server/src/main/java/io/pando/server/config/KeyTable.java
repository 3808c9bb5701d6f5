package io.pando.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All keys that a configuration may hold, and how one is found by what somebody wrote. */
final class KeyTable {
    /** ZooKeeper reads many keys from system properties, which begin so; both forms are read here. */
    private static final String SYSTEM_PROPERTY = "zookeeper.";

    private final Map<String, KnownKey> byName = new TreeMap<>();
    private final List<KnownKey> families = new ArrayList<>();

    KeyTable() {
        Stream.of(ActiveKeys.all(), MemberKey.all(), InertKeys.all())
                .flatMap(List::stream)
                .forEach(this::add);
    }

    private void add(KnownKey key) {
        Stream.concat(Stream.of(key.name()), key.aliases().stream()).forEach(name -> {
            if (byName.put(name, key) != null) {
                throw new IllegalStateException("Two keys are called " + name);
            }
        });
        if (key.isFamily()) {
            families.add(key);
        }
    }

    Optional<KnownKey> find(String written) {
        return findPlain(written)
                .or(() -> written.startsWith(SYSTEM_PROPERTY)
                        ? findPlain(written.substring(SYSTEM_PROPERTY.length()))
                        : Optional.empty());
    }

    private Optional<KnownKey> findPlain(String written) {
        return Optional.ofNullable(byName.get(written))
                .filter(key -> !written.endsWith("."))
                .or(() -> families.stream()
                        .filter(family -> written.startsWith(family.name())
                                && written.length() > family.name().length())
                        .findFirst());
    }

    /**
     * The key that an environment variable means: the same letters and digits, in any case, with {@code _} for everything else. Empty if
     * there is none; of a family, the rest of the name stays as written, in lower case.
     */
    Optional<String> findByVariable(String variable) {
        var wanted = asVariable(variable);
        return byName.keySet().stream()
                .filter(name -> asVariable(name).equals(wanted))
                .findFirst()
                .or(() -> families.stream()
                        .map(KnownKey::name)
                        .filter(name -> wanted.startsWith(asVariable(name)))
                        .map(name -> name + wanted.substring(name.length()).toLowerCase(Locale.ROOT))
                        .findFirst());
    }

    /** {@code jute.maxbuffer} becomes {@code JUTE_MAXBUFFER}. */
    static String asVariable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    Optional<String> closest(String written) {
        var plain = written.startsWith(SYSTEM_PROPERTY) ? written.substring(SYSTEM_PROPERTY.length()) : written;
        return EditDistance.closest(
                plain,
                byName.keySet().stream().filter(name -> !name.endsWith(".")).toList());
    }
}
