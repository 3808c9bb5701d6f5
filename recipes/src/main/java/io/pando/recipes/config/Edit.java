package io.pando.recipes.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A configuration in the making, on top of another. Nobody sees it before it is published. Used by one thread. */
public final class Edit {
    private final Publisher publisher;
    private final Configuration base;
    private final Consumer<Configuration> published;
    private final Map<String, String> texts;

    Edit(Publisher publisher, Configuration base, Consumer<Configuration> published) {
        this.publisher = publisher;
        this.base = base;
        this.published = published;
        this.texts = new TreeMap<>(base.texts());
    }

    /** What is being edited, as it was before. */
    public Configuration base() {
        return base;
    }

    public <T> Edit set(Key<T> key, T value) {
        texts.put(key.name(), key.write(value));
        return this;
    }

    /** Sets a text under a name that has no key here. */
    public Edit set(String name, String text) {
        texts.put(Names.checked(name), text);
        return this;
    }

    /** Lets the default hold. */
    public Edit remove(Key<?> key) {
        return remove(key.name());
    }

    /** Removes what is set under this name, if anything is. */
    public Edit remove(String name) {
        texts.remove(name);
        return this;
    }

    /** Removes everything. */
    public Edit clear() {
        texts.clear();
        return this;
    }

    /**
     * Switches everybody to this configuration, at one moment. They hear of it a moment later, {@link ConfigTree#current} of this process
     * included; {@link ConfigTree#edit} takes it for a base at once.
     *
     * @throws ConfigConflictException when somebody else has published since the one that was edited
     * @throws IllegalArgumentException when a setting is above another
     */
    public Configuration publish() throws InterruptedException {
        Configuration next = publisher.publish(base, checked());
        published.accept(next);
        return next;
    }

    /** As {@link #publish}. */
    public CompletableFuture<Configuration> publishAsync() {
        return publisher.publishAsync(base, checked()).thenApply(next -> {
            published.accept(next);
            return next;
        });
    }

    private Map<String, String> checked() {
        @Nullable String conflict = Names.conflict(texts.keySet());
        if (conflict != null) {
            throw new IllegalArgumentException(conflict);
        }
        return Map.copyOf(texts);
    }
}
