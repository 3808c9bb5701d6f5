package io.pando.recipes.fencing;

/** What the holder knows of what it holds. */
public enum Standing {
    /** The session is in force and there is a connection. */
    CURRENT,

    /** There is no connection: it may be held, or be somebody else's already. */
    IN_DOUBT,

    /** It is over, and will not be current again. */
    ENDED
}
