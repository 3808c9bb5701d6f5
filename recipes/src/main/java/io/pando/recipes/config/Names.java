package io.pando.recipes.config;

import io.pando.datatree.ZnodePath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What settings may be called: as paths, without the first slash. */
final class Names {
    private Names() {}

    static String checked(String name) {
        String problem = name.isEmpty() ? "it is empty" : ZnodePath.problem("/" + name);
        if (problem != null) {
            throw new IllegalArgumentException("\"" + name + "\" can't be the name of a setting: " + problem);
        }
        return name;
    }

    /** A setting is a leaf of its generation; so none may be above another. Says which one is, or null. */
    static @Nullable String conflict(Set<String> names) {
        for (String name : names) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                String above = name.substring(0, slash);
                if (names.contains(above)) {
                    return "\"" + above + "\" and \"" + name + "\" can't both be settings";
                }
            }
        }
        return null;
    }
}
