package io.pando.server.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One line of {@code config show}: a key, its value in force (a secret is redacted), where that came from and what it decides. */
public record Listing(String key, String value, String origin, String about) {

    /** @param memberLines who belongs to the ensemble, as far as somebody said so */
    static List<Listing> of(Settings settings, List<Given> memberLines) {
        return Stream.concat(
                        ActiveKeys.all().stream().map(key -> of(key, settings)),
                        memberLines.stream()
                                .map(line -> new Listing(
                                        line.key(), line.value(), line.origin().describe(), "")))
                .toList();
    }

    /** A line of {@code config keys}. */
    public record KnownSetting(String name, String fallback, String allowed, String about) {}

    public static List<KnownSetting> keys() {
        return Stream.concat(
                        ActiveKeys.all().stream()
                                .map(key -> new KnownSetting(
                                        key.name(), key.fallback(), key.type().allowed(), key.about())),
                        MemberKey.all().stream()
                                .map(key -> new KnownSetting(key.general(), "", key.allowed(), key.about())))
                .toList();
    }

    private static <T> Listing of(Key<T> key, Settings settings) {
        return settings.find(key)
                .map(setting -> new Listing(
                        key.name(), shown(setting.value()), setting.origin().describe(), key.about()))
                .orElseGet(() -> new Listing(key.name(), "(" + key.fallback() + ")", "default", key.about()));
    }

    private static String shown(Object value) {
        return value instanceof Set<?> words
                ? String.join(",", words.stream().map(Object::toString).toList())
                : value.toString();
    }
}
