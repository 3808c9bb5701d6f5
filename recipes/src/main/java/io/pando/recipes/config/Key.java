package io.pando.recipes.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/**
 * A setting: its name, its type, and what holds as long as nobody has set it. Immutable.
 *
 * @param <T> the type
 */
public final class Key<T> {
    private final String name;
    private final T byDefault;
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    private Key(String name, T byDefault, Function<String, T> reader, Function<T, String> writer) {
        this.name = Names.checked(name);
        this.byDefault = byDefault;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * A setting of any type.
     *
     * @param name words with slashes between them, such as {@code pool/size}
     * @param reader throws an {@link IllegalArgumentException} at text that is no such value
     * @param writer makes text that the reader takes
     */
    public static <T> Key<T> of(String name, T byDefault, Function<String, T> reader, Function<T, String> writer) {
        return new Key<>(name, byDefault, reader, writer);
    }

    public static Key<String> ofText(String name, String byDefault) {
        return of(name, byDefault, text -> text, text -> text);
    }

    public static Key<Integer> ofInt(String name, int byDefault) {
        return of(name, byDefault, text -> Integer.valueOf(text.trim()), value -> Integer.toString(value));
    }

    public static Key<Long> ofLong(String name, long byDefault) {
        return of(name, byDefault, text -> Long.valueOf(text.trim()), value -> Long.toString(value));
    }

    public static Key<Double> ofDouble(String name, double byDefault) {
        return of(name, byDefault, text -> Double.valueOf(text.trim()), value -> Double.toString(value));
    }

    /** {@code true} or {@code false}, and nothing else. */
    public static Key<Boolean> ofBoolean(String name, boolean byDefault) {
        return of(name, byDefault, Key::truth, value -> Boolean.toString(value));
    }

    /** As ISO 8601 has it: {@code PT1.5S}, {@code P2DT3H}. */
    public static Key<Duration> ofDuration(String name, Duration byDefault) {
        return of(name, byDefault, Key::duration, Duration::toString);
    }

    private static Boolean truth(String text) {
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text.trim());
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("no duration such as PT1.5S", wrong);
        }
    }

    public String name() {
        return name;
    }

    /** What holds as long as nobody has set it. */
    public T byDefault() {
        return byDefault;
    }

    T read(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new BadSettingException(name, text, wrong);
        }
    }

    String write(T value) {
        return writer.apply(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
