package io.pando.recipes.persistent;

/** What a {@link PersistentNode} knows of its znode. */
public enum Presence {
    /** It is not there, or not known to be: its keeper is about to create it. */
    ABSENT,

    /** It is there, and as far as an ephemeral is concerned, it belongs to the session in force. */
    PRESENT,

    /**
     * Somebody else has a znode at the same path, which belongs to another session or to none. It is let be; when it goes, the keeper
     * creates its own again.
     */
    DISPLACED,

    /** Its keeper has let it go. */
    CLOSED
}
