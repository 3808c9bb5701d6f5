package io.pando.recipes.config;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All settings of one generation, which belong together. Immutable. */
public final class Configuration {
    static final int ABSENT = -1;

    private final String generation;
    private final int version;
    private final long zxid;
    private final SortedMap<String, String> texts;

    /**
     * A configuration.
     *
     * @param generation name of its znode; empty for the one before the first
     * @param version of the znode that points to it, {@link #ABSENT} if there is none
     * @param zxid of the change that made it point to this one
     */
    Configuration(String generation, int version, long zxid, Map<String, String> texts) {
        this.generation = generation;
        this.version = version;
        this.zxid = zxid;
        this.texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    static Configuration none() {
        return new Configuration("", ABSENT, 0, Map.of());
    }

    /** The name of its generation, which is higher for each that is published; empty before the first. */
    public String generation() {
        return generation;
    }

    int version() {
        return version;
    }

    /** Of the change that put it in force: that of a later one is higher. 0 as long as there is none. */
    public long zxid() {
        return zxid;
    }

    /**
     * A setting, or what holds by default.
     *
     * @throws BadSettingException when it holds text that is no such value
     */
    public <T> T get(Key<T> key) {
        String text = texts.get(key.name());
        return text == null ? key.byDefault() : key.read(text);
    }

    /** What is set under this name. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** All that is set, by name. */
    public SortedMap<String, String> texts() {
        return texts;
    }

    /** The names whose texts differ, set in one of the two only included. */
    public SortedSet<String> differencesTo(Configuration other) {
        SortedSet<String> names = new TreeSet<>(texts.keySet());
        names.addAll(other.texts.keySet());
        names.removeIf(name -> Objects.equals(texts.get(name), other.texts.get(name)));
        return names;
    }

    @Override
    public String toString() {
        return "configuration " + (generation.isEmpty() ? "by default" : generation);
    }
}
