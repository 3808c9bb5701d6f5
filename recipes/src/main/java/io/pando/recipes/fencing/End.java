package io.pando.recipes.fencing;

/** Why something is not held any more. */
public enum End {
    /** The holder has released it. */
    RELEASED,

    /** The connection was lost, or the process had stood still for longer than its session was sure to live; and that was enough. */
    DOUBTED,

    /** The session is over. */
    SESSION_LOST,

    /** Somebody has deleted the holder's znode. */
    DELETED,

    /** The client was closed. */
    CLIENT_CLOSED
}
