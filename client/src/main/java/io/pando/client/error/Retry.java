package io.pando.client.error;

/** What asking the same once more would mean. */
public enum Retry {
    /** Nothing was changed by the request, and the cause may pass: asking again is harmless, and may help. */
    SAFE,

    /** Nothing was changed, and the answer will be the same until somebody changes the tree, the rights or the request. */
    POINTLESS,

    /** The request may have been carried out, or may still be. Look at the tree before asking again. */
    OUTCOME_UNKNOWN
}
