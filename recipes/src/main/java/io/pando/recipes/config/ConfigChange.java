package io.pando.recipes.config;

import java.util.SortedSet;

/** One configuration takes the place of another; those in between may have been jumped over. */
public record ConfigChange(Configuration before, Configuration after) {
    /** The names of the settings that are not as before. */
    public SortedSet<String> names() {
        return after.differencesTo(before);
    }
}
