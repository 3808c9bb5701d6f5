package io.pando.recipes.discovery;

import io.pando.datatree.CreateMode;

/** How long an instance stays registered, under the names that Curator gives to it. */
public enum Kind {
    /** As long as the session of the process that registered it. */
    DYNAMIC(CreateMode.EPHEMERAL),

    /** Until it is unregistered. */
    STATIC(CreateMode.PERSISTENT),

    /** Until it is unregistered, as something that has no process of its own. */
    PERMANENT(CreateMode.PERSISTENT),

    /** As {@link #DYNAMIC}, with a number at the end of the znode's name. */
    DYNAMIC_SEQUENTIAL(CreateMode.EPHEMERAL_SEQUENTIAL);

    private final CreateMode mode;

    Kind(CreateMode mode) {
        this.mode = mode;
    }

    CreateMode mode() {
        return mode;
    }
}
