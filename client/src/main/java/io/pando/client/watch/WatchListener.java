package io.pando.client.watch;

/** Is told what a persistent watch sees, on the client's callback thread, one event after another. */
@FunctionalInterface
public interface WatchListener {
    void onEvent(NodeEvent event);

    /** The connection is lost: what was told may be out of date until {@link #onGap}. */
    default void onSuspended() {}

    /**
     * The watch is set again after the connection had been lost; what happened in between was not told and will not be. A listener
     * that keeps a picture of the tree reads it anew; {@code follow} does so by itself.
     */
    default void onGap() {}

    /** The client is closed; this is the last call. */
    default void onClosed() {}
}
