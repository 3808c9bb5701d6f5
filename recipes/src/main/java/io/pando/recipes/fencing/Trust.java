package io.pando.recipes.fencing;

/** How long what is held is believed to be held. */
public enum Trust {
    /**
     * As long as there is a connection. In the moment in which it is lost nobody knows how long the session will live, and the holder
     * ends what it does; it does not come back to it when the session goes on after all.
     */
    CONNECTION,

    /**
     * As long as the session is not known to be lost. While there is no connection it is {@link Standing#IN_DOUBT in doubt}; when the
     * session goes on, so does what is held.
     */
    SESSION
}
