package io.pando.recipes.fencing;

/** What the holder knows of what it holds. */
public enum Standing {
    /** The session is in force and sure to live, and there is a connection. */
    CURRENT,

    /**
     * There is no connection, or no sign of life for as long as the session lives, as after a pause of this process: it may be held, or be
     * somebody else's already.
     */
    IN_DOUBT,

    /** It is over, and will not be current again. */
    ENDED
}
